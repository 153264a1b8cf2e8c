import type { KubernetesObject } from '../../kubernetes/store';
import type { App, DataPlane } from '../../world/types';

/** A pod as the simulator sees it. */
export interface LivePod {
  /** `namespace/name`. */
  key: string;
  namespace: string;
  name: string;
  labels: Readonly<Record<string, string>>;
  nodeName?: string;
  ready: boolean;
  /** Tag of the app container's image. */
  tag?: string;
  workload: LiveWorkload;
  object: KubernetesObject;
}

/** What runs under one Deployment, StatefulSet, DaemonSet, or alone. */
export interface LiveWorkload {
  /** `namespace/name`, and for pods of a Rollout their template and version. */
  key: string;
  namespace: string;
  name: string;
  kind: string;
  /** Template of a Rollout's pods, as its label names it. */
  rolloutHash?: string;
  /** Value of the `app` label, by which the code is found that runs in it. */
  appName: string;
  version: string;
  /** Istio's canonical service and revision. */
  canonicalName: string;
  canonicalRevision: string;
  serviceAccount: string;
  labels: Readonly<Record<string, string>>;
  dataPlane: DataPlane | 'gateway' | 'waypoint';
  /** The app of the world whose code it runs; undefined for foreign workloads. */
  app?: App;
  pods: Set<LivePod>;
  readyPods: number;
  /** Changes whenever pods come, go, or change readiness or image. */
  revision: number;
}
