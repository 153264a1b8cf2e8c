import fc from 'fast-check';
import type {
  ClusterInput,
  IstioObject,
  VectorSample,
  WorkloadObject,
} from '../types';

/** One call relation of a random world. */
export type Call = {
  from: number;
  to: number;
  rate: number;
  code: '200' | '404' | '503';
  protocol: 'http' | 'grpc';
  /** Which proxies report it. */
  reporters: ('source' | 'destination')[];
  /** The service asked for is another one of the callee's namespace. */
  isAliased: boolean;
  /** It goes to a host outside instead of to `to`. */
  isOutside: boolean;
};

export type World = { apps: number; namespaces: number; calls: Call[] };

/** Names that cannot be part of anything else, so that a leak can be searched for. */
export const namespaceName = (index: number) => `zone${index}q`;
export const appName = (index: number) => `unit${index}k`;
export const namespaceOf = (world: World, app: number) =>
  namespaceName(app % world.namespaces);

/** Worlds with up to eight apps of two versions in up to four namespaces. */
export const worlds: fc.Arbitrary<World> = fc
  .record({
    apps: fc.integer({ min: 2, max: 8 }),
    namespaces: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ apps, namespaces }) =>
    fc.record({
      apps: fc.constant(apps),
      namespaces: fc.constant(namespaces),
      calls: fc.array(
        fc.record({
          from: fc.integer({ min: 0, max: apps - 1 }),
          to: fc.integer({ min: 0, max: apps - 1 }),
          rate: fc.integer({ min: 1, max: 10_000 }).map(value => value / 100),
          code: fc.constantFrom('200' as const, '404' as const, '503' as const),
          protocol: fc.constantFrom('http' as const, 'grpc' as const),
          reporters: fc.constantFrom(
            ['source' as const],
            ['destination' as const],
            ['source' as const, 'destination' as const],
          ),
          isAliased: fc.boolean(),
          isOutside: fc.boolean(),
        }),
        { maxLength: 25 },
      ),
    }),
  );

/** The version of an app that a call starts from, or leads to. */
const versionOf = (index: number) => `v${(index % 2) + 1}`;

function samplesOf(world: World, call: Call, position: number): VectorSample[] {
  const source = namespaceOf(world, call.from);
  const target = namespaceOf(world, call.to);
  const service = `${appName(call.to)}${call.isAliased ? 'alias' : ''}`;
  const destination: Record<string, string> = call.isOutside
    ? {
        destination_workload: 'unknown',
        destination_workload_namespace: 'unknown',
        destination_service: `api.${source}.example`,
        destination_service_name: `api.${source}.example`,
        destination_service_namespace: source,
      }
    : {
        destination_workload: `${appName(call.to)}-${versionOf(position)}`,
        destination_workload_namespace: target,
        destination_canonical_service: appName(call.to),
        destination_canonical_revision: versionOf(position),
        destination_service: `${service}.${target}.svc.cluster.local`,
        destination_service_name: service,
        destination_service_namespace: target,
      };
  const reporters = call.isOutside ? (['source'] as const) : call.reporters;
  return reporters.map(reporter => ({
    metric: {
      reporter,
      source_workload: `${appName(call.from)}-${versionOf(call.from)}`,
      source_workload_namespace: source,
      source_canonical_service: appName(call.from),
      source_canonical_revision: versionOf(call.from),
      source_cluster: 'kepler',
      destination_cluster: 'kepler',
      ...destination,
      request_protocol: call.protocol,
      response_code: call.code,
      grpc_response_status: call.protocol === 'grpc' ? '0' : '',
      response_flags: '-',
      connection_security_policy:
        reporter === 'destination' ? 'mutual_tls' : 'unknown',
    },
    value: call.rate,
  }));
}

function workloadsOf(world: World): WorkloadObject[] {
  return Array.from({ length: world.apps }, (_, app) =>
    ['v1', 'v2'].map(
      (version): WorkloadObject => ({
        kind: 'Deployment',
        namespace: namespaceOf(world, app),
        name: `${appName(app)}-${version}`,
        labels: { app: appName(app), version },
        desired: 1,
        available: 1,
        dataPlane: 'sidecar',
      }),
    ),
  ).flat();
}

function istioOf(world: World): IstioObject[] {
  return Array.from({ length: world.namespaces }, (_, index) => {
    const namespace = namespaceName(index);
    return [
      {
        kind: 'ServiceEntry',
        namespace,
        name: `outside-of-${namespace}`,
        hosts: [`api.${namespace}.example`, `www.${namespace}.example`],
      },
      ...Array.from({ length: world.apps }, (__, app) => ({
        kind: 'VirtualService',
        namespace,
        name: `routes-of-${namespace}`,
        hosts: [`${appName(app)}.${namespaceOf(world, app)}.svc.cluster.local`],
      })),
    ];
  }).flat();
}

/** A world as Prometheus and Kubernetes show it. */
export function inputOf(world: World): ClusterInput {
  const apps = Array.from({ length: world.apps }, (_, app) => app);
  const requests = world.calls.flatMap((call, position) =>
    samplesOf(world, call, position),
  );
  const merged = new Map<string, VectorSample>();
  for (const sample of requests) {
    // A vector has every set of labels once.
    const key = JSON.stringify(sample.metric);
    const present = merged.get(key);
    merged.set(key, {
      metric: sample.metric,
      value: sample.value + (present?.value ?? 0),
    });
  }
  const vectors = [...merged.values()];
  return {
    name: 'kepler',
    series: {
      requests: vectors,
      principals: vectors.map(({ metric, value }) => ({
        metric: {
          ...metric,
          source_principal: `spiffe://cluster.local/ns/${metric.source_workload_namespace}/sa/${metric.source_canonical_service}`,
          destination_principal: metric.destination_canonical_service
            ? `spiffe://cluster.local/ns/${metric.destination_workload_namespace}/sa/${metric.destination_canonical_service}`
            : 'unknown',
        },
        value,
      })),
      // Half of what each caller's proxy reports is labelled.
      operations: vectors
        .filter(({ metric }) => metric.reporter === 'source')
        .map(({ metric, value }) => ({
          metric: {
            ...metric,
            request_operation: `ask-${metric.destination_service_name}`,
          },
          value: value / 2,
        })),
    },
    objects: {
      workloads: workloadsOf(world),
      pods: workloadsOf(world).map(({ namespace, name }) => ({
        namespace,
        workload: name,
        pods: 1,
        ready: 1,
        proxies: 1,
        versions: ['1.28.0'],
        revisions: ['default'],
      })),
      services: apps.map(app => ({
        namespace: namespaceOf(world, app),
        name: appName(app),
        selector: { app: appName(app) },
        ports: ['http'],
      })),
      istio: istioOf(world),
      peerAuthentications: [],
    },
  };
}
