export { StoreFull } from './BlobStore';
export { createRegistry, type RegistryOptions } from './facade';
export { ImageStore, type BuiltImage } from './ImageStore';
