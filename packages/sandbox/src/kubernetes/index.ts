export { createKubernetes } from './create-kubernetes';
export type {
  Controllers,
  Kubernetes,
  KubernetesOptions,
} from './create-kubernetes';
export type { PodLogOptions, PodLogSource } from './log-source';
export type { TokenUser } from './auth/user';
export type {
  KubernetesObject,
  ObjectChange,
  ObjectMeta,
  ObjectStore,
} from './store';
