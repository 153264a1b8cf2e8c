/** Wire protocol of a service port, as Istio's port naming declares it. */
export type Protocol = 'http' | 'grpc' | 'tcp';

/** How a namespace or app takes part in the mesh. */
export type DataPlane = 'sidecar' | 'ambient' | 'none';

/** One kind of request, with the share of a call's traffic that it makes up (shares of one list add up to 1). */
export interface Operation {
  method: string;
  path: string;
  share: number;
  /** Headers that routing rules may match on. */
  headers?: Readonly<Record<string, string>>;
}

/** A dependency: what one request to an app does to another. */
export interface Call {
  /** `<service>.<namespace>`, or a host name outside the cluster. */
  to: string;
  /** Mean number of calls per request of the caller. */
  perRequest: number;
  /** Share (0..1) of failed calls that fails the caller's own request. */
  failureShare: number;
  /** Defaults to the operations of the callee. */
  operations?: readonly Operation[];
}

/** One way in which an app fails by itself. */
export interface ErrorMode {
  /** HTTP status; for gRPC apps the HTTP equivalent of the status. */
  code: number;
  /** Share (0..1) of requests that fail so. */
  share: number;
  /** What the app writes to its log. */
  message: string;
}

/** gRPC messages of one call: one each for unary calls, more where one side streams. */
export interface MessageCounts {
  request: number;
  response: number;
}

/** How a running version behaves; what an image does when it runs. */
export interface Behaviour {
  /** Median time spent in the app itself, without its dependencies. */
  latencyMilliseconds: number;
  /** Standard deviation of the logarithm of the time spent. */
  latencySpread: number;
  errors: readonly ErrorMode[];
  /** Requests per second one pod answers before it slows down. */
  capacityPerPod: number;
  cpuSecondsPerRequest: number;
  memoryMebibytes: number;
}

/** One deployed version of an app. */
export interface Release {
  /** Value of the `version` label. */
  version: string;
  /** Name of the Deployment, StatefulSet; defaults to the app's name. */
  workload?: string;
  tag: string;
  replicas: number;
  ageHours: number;
}

/** A service of the company: its code, its versions and what it calls. */
export interface App {
  namespace: string;
  name: string;
  title: string;
  description: string;
  language: string;
  kind: 'Deployment' | 'StatefulSet' | 'Rollout';
  /** `spec.strategy` of a Rollout. */
  strategy?: Readonly<Record<string, unknown>>;
  protocol: Protocol;
  port: number;
  /** Waypoint of the app's namespace that its Service is reached over; ambient only. */
  waypoint?: string;
  /** Overrides the namespace's way into the mesh. */
  dataPlane?: DataPlane;
  /** Full image name without tag; defaults to `<registry>/<namespace>/<app>`. */
  image?: string;
  releases: readonly Release[];
  behaviour: Behaviour;
  /** What other image tags do; missing tags behave as `behaviour`. */
  behaviourByTag?: Readonly<Record<string, Partial<Behaviour>>>;
  calls: readonly Call[];
  operations: readonly Operation[];
  /** Mean body sizes of one request and one response. */
  requestBytes: number;
  responseBytes: number;
  /** Mean numbers of messages of one call; one each unless said otherwise. */
  messages?: MessageCounts;
  owner: string;
  /** CPU request of one pod. */
  cpuMillicores: number;
  /** Its manifest is in a repository, which Argo CD keeps the cluster by. */
  keptInGit?: boolean;
  autoscale?: { minimum: number; maximum: number; cpuPercent: number };
  /** Annotations of its Service and workloads. */
  annotations?: Readonly<Record<string, string>>;
  /** Keys of the app's ConfigMap. */
  config?: Readonly<Record<string, string>>;
}

/** A host outside the cluster. */
export interface ExternalHost {
  host: string;
  port: number;
  behaviour: Behaviour;
  operations: readonly Operation[];
  requestBytes: number;
  responseBytes: number;
}

/** Traffic that enters the world from outside. */
export interface Entry {
  /** `gateway` arrives at the ingress gateway; `direct` from a host without a proxy. */
  via: 'gateway' | 'direct';
  /** Host header for `gateway`; `<service>.<namespace>` for `direct`. */
  host: string;
  /** Mean over a day. */
  requestsPerSecond: number;
  operations: readonly Operation[];
}

export interface NamespaceSpec {
  name: string;
  dataPlane: DataPlane;
  /** Domain of the catalog that the namespace's system belongs to. */
  domain: string;
  title: string;
  owner: string;
  /** Revision of Istio that injects its sidecars; the default one unless said otherwise. */
  revision?: string;
}

/** A layer 7 proxy of an ambient namespace. */
export interface WaypointSpec {
  namespace: string;
  name: string;
  replicas: number;
}

export interface NodeSpec {
  name: string;
  role: 'control-plane' | 'worker' | 'edge';
  cpuCores: number;
  memoryGibibytes: number;
  ageDays: number;
}

export interface Person {
  name: string;
  displayName: string;
  email: string;
  teams: readonly string[];
}

export interface Team {
  name: string;
  displayName: string;
  parent?: string;
}

/** Configuration objects that a world brings along besides what its apps imply. */
export interface ConfigObject {
  resource: string;
  apiVersion: string;
  kind: string;
  namespace: string;
  name: string;
  spec: Readonly<Record<string, unknown>>;
}

/** A change that happened before the process started and that charts of the past show. */
export interface PastChange {
  hoursAgo: number;
  /** Objects as they were before the change; they replace the present ones while the past is computed. */
  before: readonly ConfigObject[];
}

/** Everything the sandbox knows about its company when it starts. Plain data. */
export interface World {
  cluster: string;
  domain: string;
  registry: string;
  nodes: readonly NodeSpec[];
  namespaces: readonly NamespaceSpec[];
  apps: readonly App[];
  /** Apps of other clusters of the mesh, whose services can be called from here. */
  remoteApps?: readonly App[];
  waypoints?: readonly WaypointSpec[];
  /** Whether traffic to the outside can leave through an egress gateway. */
  egressGateway?: boolean;
  externals: readonly ExternalHost[];
  entries: readonly Entry[];
  configuration: readonly ConfigObject[];
  pastChange?: PastChange;
  teams: readonly Team[];
  people: readonly Person[];
  domains: readonly { name: string; title: string; owner: string }[];
}
