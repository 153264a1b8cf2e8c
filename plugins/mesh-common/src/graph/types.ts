import type { Feature } from '../schema/graph';

/**
 * One element of a Prometheus vector.
 *
 * @public
 */
export type VectorSample = {
  metric: Record<string, string>;
  value: number;
};

/**
 * Vectors by query; one that could not be fetched is absent, which is not the
 * same as empty.
 *
 * @public
 */
export type GraphSeries = {
  requests?: readonly VectorSample[];
  tcpSent?: readonly VectorSample[];
  tcpReceived?: readonly VectorSample[];
  tcpConnections?: readonly VectorSample[];
  durations?: readonly VectorSample[];
  volume?: readonly VectorSample[];
  principals?: readonly VectorSample[];
  operations?: readonly VectorSample[];
};

/**
 * A workload as Kubernetes knows it.
 *
 * @public
 */
export type WorkloadObject = {
  kind: string;
  namespace: string;
  name: string;
  labels: Readonly<Record<string, string>>;
  desired: number;
  available: number;
  dataPlane: 'sidecar' | 'ambient' | 'none';
  /** Revision of the control plane that its template or namespace names. */
  revision?: string;
  /** Its `health.kiali.io/rate` annotation. */
  healthRate?: string;
  /** Its label `istio.io/use-waypoint`. */
  waypoint?: string;
};

/**
 * The pods of one workload, in numbers.
 *
 * @public
 */
export type PodsObject = {
  namespace: string;
  /** Name of the workload that the pods belong to, as telemetry has it. */
  workload: string;
  pods: number;
  ready: number;
  /** Pods that have a proxy of their own. */
  proxies: number;
  /** Versions of these proxies, sorted. */
  versions: readonly string[];
  /** Revisions that injected them, sorted. */
  revisions: readonly string[];
  /** Proxies that the control plane knows, and those in step with it; absent when it was not asked. */
  sync?: { connected: number; synced: number };
};

/** A Kubernetes Service. @public */
export type ServiceObject = {
  namespace: string;
  name: string;
  /** Absent for services without one, such as ExternalName. */
  selector?: Readonly<Record<string, string>>;
  /** Port names and application protocols, lower case. */
  ports: readonly string[];
  healthRate?: string;
  waypoint?: string;
};

/** A namespace, as far as the mesh is concerned. @public */
export type NamespaceObject = {
  name: string;
  /** Revision or tag whose proxies its pods get; `default` where it only enables injection. */
  revision?: string;
  healthRate?: string;
  waypoint?: string;
};

/** An Istio object with what it says about hosts and subsets. @public */
export type IstioObject = {
  kind: string;
  namespace: string;
  name: string;
  hosts: readonly string[];
  /** Namespaces that may see it: `*`, `.` or names; none mean all. */
  exportTo?: readonly string[];
  /** What it does to traffic, by the host that it does it to. */
  effects?: readonly (Omit<Feature, 'object'> & { host: string })[];
  /** Labels of the pods that it is about, where it is about pods. */
  selector?: Readonly<Record<string, string>>;
  /** Whether it applies to pods: of its selector, else of its namespace, or of the mesh. */
  appliesToPods?: boolean;
};

/** A PeerAuthentication. @public */
export type PeerAuthenticationObject = {
  namespace: string;
  name: string;
  selector?: Readonly<Record<string, string>>;
  /** Absent when it inherits. */
  mode?: 'strict' | 'permissive' | 'disabled';
};

/**
 * What Kubernetes knows; a kind that could not be listed is absent.
 *
 * @public
 */
export type GraphObjects = {
  namespaces?: readonly NamespaceObject[];
  workloads?: readonly WorkloadObject[];
  pods?: readonly PodsObject[];
  services?: readonly ServiceObject[];
  istio?: readonly IstioObject[];
  peerAuthentications?: readonly PeerAuthenticationObject[];
  /** Namespace whose objects apply to the whole mesh; `istio-system` where absent. */
  rootNamespace?: string;
};

/** One cluster: what its Prometheus measured and what Kubernetes declares. @public */
export type ClusterInput = {
  name: string;
  series: GraphSeries;
  /** The cluster whose series tell of this one too, where they share a Prometheus. */
  measuredBy?: string;
  objects: GraphObjects;
};

/**
 * What a viewer may see. It decides on what has an owner: workloads and
 * services. Hosts outside are seen by those who see a caller.
 *
 * @public
 */
export type Sight = {
  /** Equal keys see the same, so that graphs can be shared. */
  key: string;
  sees(item: { cluster: string; namespace: string; app: string }): boolean;
  /** Whether anything of a namespace is seen, and so its objects' names. */
  seesNamespace(item: { cluster: string; namespace: string }): boolean;
};

/** @public */
export type GraphOptions = {
  graphType: 'workload' | 'app' | 'versionedApp' | 'service';
  /** Namespaces to show; none mean all that take part in the mesh. */
  namespaces: readonly string[];
  /** Puts the service that was asked for between caller and workload. */
  serviceNodes?: boolean;
  /** Puts what was asked for between caller and callee, where it is labelled. */
  operationNodes?: boolean;
  /**
   * The moment has passed, so what Kubernetes says now about pods, proxies and
   * absent workloads is not of then and is left out.
   */
  isPast?: boolean;
  /** Shows waypoints and what ztunnel carries to and from them. */
  waypoints?: boolean;
  /** Absent means that everything is seen. */
  sight?: Sight;
};
