/**
 * What a canary engine is, and where one is added.
 *
 * @packageDocumentation
 */
export type {
  CanaryCommand,
  CanaryCommandPreview,
  CanaryEngine,
  EngineReading,
} from './CanaryEngine';
export {
  canaryEnginesExtensionPoint,
  type CanaryEnginesExtensionPoint,
} from './canaryEnginesExtensionPoint';
