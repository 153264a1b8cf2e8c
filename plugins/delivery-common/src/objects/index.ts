export { checkObjects, isNamedAfter } from './checkObjects';
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
