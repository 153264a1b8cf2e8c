/**
 * For tests of plugins with actions.
 *
 * @packageDocumentation
 */
export {
  createPermissionMatrix,
  credentialsOf,
  MATRIX_ENVIRONMENTS,
  MATRIX_PERSONAS,
  MATRIX_PROMISES,
  type MatrixEnvironment,
  type MatrixOutcome,
  type MatrixPersona,
} from './createPermissionMatrix';
export { MemoryActivityLog } from './MemoryActivityLog';
export { policyPermissions } from './policyPermissions';
