export {
  createTargetAuthority,
  type TargetAuthority,
} from './createTargetAuthority';
export { createTargetRules } from './createTargetRules';
export { OwnerIndex, type OwnedBy, type Owners } from './OwnerIndex';
export { resolveTarget } from './resolveTarget';
export { TargetSight, type TargetSightOptions } from './TargetSight';
export type { Target } from './types';
