export {
  isSecretName,
  MASK,
  maskSecrets,
  readContainers,
  workloadTemplateOf,
} from './containers';
export { managedBy } from './managedBy';
export type {
  BudgetObject,
  ConditionObject,
  ContainerObject,
  ContainerStateObject,
  ContainerStatusObject,
  EnvironmentEntry,
  EventObject,
  ObjectMeta,
  PodObject,
  PodTemplateObject,
  ScalerObject,
  WorkloadObject,
} from './objects';
export { budgetCovers, readBudget, readEvents, readScaler } from './readBeside';
export { readPod, restartsOf, versionOf } from './readPod';
export * from './schema';
export {
  appOf,
  compareWorkloads,
  summarizeWorkload,
  workloadStatus,
  type WorkloadParts,
} from './summarizeWorkload';
