export { checkObjects } from './checkObjects';
export { isNamedAfter } from './read';
export { hostsOf } from './reachesOthers';
export {
  applicableKind,
  APPLICABLE_KINDS,
  inOrder,
  type ApplicableKind,
} from './kinds';
export {
  applyObjectsInputSchema,
  deleteObjectsInputSchema,
  dnsLabelSchema,
  manifestSchema,
  objectKeySchema,
  type Manifest,
  type ObjectKeyInput,
} from './schema';
