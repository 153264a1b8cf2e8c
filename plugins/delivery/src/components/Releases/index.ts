export { EntityReleases } from './EntityReleases';
