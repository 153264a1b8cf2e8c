export {
  ActionRunner,
  type ActionCaller,
  type ActionRunnerOptions,
} from './ActionRunner';
export { createActionsRouter } from './createActionsRouter';
export type { ActionDefinition, ActionOutcome, PreviewDraft } from './types';
