export {
  ActionRunner,
  type ActionCaller,
  type ActionRunnerOptions,
} from './ActionRunner';
export { createActionsRouter } from './createActionsRouter';
export { parseTarget, type NamedObject } from './parseTarget';
export { registerActions } from './registerActions';
export type {
  ActionDefinition,
  ActionOutcome,
  ActionRunContext,
  PreviewDraft,
} from './types';
