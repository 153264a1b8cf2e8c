export { createZipkin, type ZipkinOptions } from './facade';
