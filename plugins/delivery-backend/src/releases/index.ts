export {
  createReleaseParts,
  type ReleaseParts,
  type ReleasePartsOptions,
} from './createReleaseParts';
