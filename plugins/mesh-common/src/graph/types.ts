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
};

/** A Kubernetes Service. @public */
export type ServiceObject = {
  namespace: string;
  name: string;
  /** Absent for services without one, such as ExternalName. */
  selector?: Readonly<Record<string, string>>;
  /** Port names and application protocols, lower case. */
  ports: readonly string[];
};

/** An Istio object with what it says about hosts and subsets. @public */
export type IstioObject = {
  kind: string;
  namespace: string;
  name: string;
  hosts: readonly string[];
};

/**
 * What Kubernetes knows; a kind that could not be listed is absent.
 *
 * @public
 */
export type GraphObjects = {
  workloads?: readonly WorkloadObject[];
  services?: readonly ServiceObject[];
  istio?: readonly IstioObject[];
};

/** @public */
export type GraphOptions = {
  cluster: string;
  graphType: 'workload' | 'app' | 'versionedApp' | 'service';
  /** Namespaces to show; none mean all that take part in the mesh. */
  namespaces: readonly string[];
};
