export { EntityReleases } from './EntityReleases';
export { ReleasesTab } from './ReleasesTab';
