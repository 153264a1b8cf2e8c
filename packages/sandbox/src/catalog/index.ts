export { catalogEntities } from './entities';
export type { CatalogEntity } from './entities';
export { catalogYaml, createCatalogHandler } from './serve';
