import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import * as actions from './actions';

/** All actions of templates. */
export function createActions(tools: actions.Tools): TemplateAction[] {
  // Each has an input of its own; the registry takes any.
  return [
    actions.createAlarmRulesAction(tools),
    actions.createApprovalAction(tools),
    actions.createCanaryAction(tools),
    actions.createCleanUpAction(tools),
    actions.createConsulPrefixAction(tools),
    actions.createDashboardAction(tools),
    actions.createJenkinsJobAction(tools),
    actions.createKubernetesApplyAction(tools),
    actions.createLogsEnableAction(tools),
    actions.createMeshExposeAction(tools),
    actions.createNamesCheckAction(tools),
    actions.createRegisterAction(tools),
    actions.createRegistryProjectAction(tools),
    actions.createRetirePlanAction(tools),
    actions.createRetireRunAction(tools),
    actions.createServiceReadAction(tools),
  ] as unknown as TemplateAction[];
}
