export { compensationSchema, type Compensation } from './compensation';
export { createAlarmRulesAction } from './createAlarmRulesAction';
export { createApprovalAction } from './createApprovalAction';
export { createCanaryAction } from './createCanaryAction';
export { createCleanUpAction } from './createCleanUpAction';
export { createConsulPrefixAction } from './createConsulPrefixAction';
export { createDashboardAction } from './createDashboardAction';
export { createJenkinsJobAction } from './createJenkinsJobAction';
export { createKubernetesApplyAction } from './createKubernetesApplyAction';
export { createLogsEnableAction } from './createLogsEnableAction';
export { createMeshExposeAction } from './createMeshExposeAction';
export { createNamesCheckAction } from './createNamesCheckAction';
export { createRegisterAction } from './createRegisterAction';
export { createRegistryProjectAction } from './createRegistryProjectAction';
export {
  createRetirePlanAction,
  createRetireRunAction,
} from './createRetireActions';
export { createServiceReadAction } from './createServiceReadAction';
export type { Tools } from './tools';
