export { createKubernetes } from './create-kubernetes';
export type {
  Controllers,
  Kubernetes,
  KubernetesOptions,
} from './create-kubernetes';
export type { PodLogOptions, PodLogSource } from './log-source';
export type { ClusterHooks, PodHealth } from './controllers/context';
export type { MetricsSource, Usage } from './resources/metrics';
export type { TokenUser } from './auth/user';
export type {
  KubernetesObject,
  ObjectChange,
  ObjectMeta,
  ObjectStore,
} from './store';
