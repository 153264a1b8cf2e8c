import type { GraphObjects, VectorSample, WorkloadObject } from '../types';

/** `wealth/payment-v2` as labels of one end of a series. */
function end(side: 'source' | 'destination', path: string) {
  if (path === 'unknown') {
    return {
      [`${side}_workload`]: 'unknown',
      [`${side}_workload_namespace`]: 'unknown',
    };
  }
  const [namespace, workload] = path.split('/');
  const [, app, version] = /^(.*?)(?:-(v\d))?$/.exec(workload) ?? [];
  return {
    [`${side}_workload`]: workload,
    [`${side}_workload_namespace`]: namespace,
    [`${side}_canonical_service`]: app,
    [`${side}_canonical_revision`]: version ?? 'latest',
    [`${side}_cluster`]: 'kepler',
  };
}

/** A series between two workloads with labels as Istio writes them. */
export function sample(
  path: string,
  value: number,
  labels: Record<string, string> = {},
): VectorSample {
  const [from, to] = path.split(' -> ');
  const [namespace, workload] = to.split('/');
  const service = workload?.replace(/-v\d$/, '');
  return {
    metric: {
      reporter: 'source',
      ...end('source', from),
      ...end('destination', to),
      ...(service && {
        destination_service: `${service}.${namespace}.svc.cluster.local`,
        destination_service_name: service,
        destination_service_namespace: namespace,
      }),
      ...labels,
    },
    value,
  };
}

/** An HTTP series. */
export function http(
  path: string,
  value: number,
  labels: Record<string, string> = {},
): VectorSample {
  return sample(path, value, {
    request_protocol: 'http',
    response_code: '200',
    grpc_response_status: '',
    response_flags: '-',
    connection_security_policy: 'unknown',
    ...labels,
  });
}

/** A Deployment inside the mesh with all its pods available. */
export function deployment(
  path: string,
  overrides: Partial<WorkloadObject> = {},
): WorkloadObject {
  const [namespace, name] = path.split('/');
  const [, app, version] = /^(.*?)(?:-(v\d))?$/.exec(name) ?? [];
  return {
    kind: 'Deployment',
    namespace,
    name,
    labels: { app, ...(version && { version }) },
    desired: 2,
    available: 2,
    dataPlane: 'sidecar',
    ...overrides,
  };
}

/** Two services, one with two versions, and an external host. */
export const OBJECTS: GraphObjects = {
  workloads: [
    deployment('wealth/order'),
    deployment('wealth/payment-v1'),
    deployment('wealth/payment-v2'),
    deployment('wealth/report'),
  ],
  services: ['order', 'payment', 'report'].map(name => ({
    namespace: 'wealth',
    name,
    selector: { app: name },
    ports: ['http'],
  })),
  istio: [
    {
      kind: 'VirtualService',
      namespace: 'wealth',
      name: 'payment',
      hosts: ['payment'],
    },
    {
      kind: 'ServiceEntry',
      namespace: 'wealth',
      name: 'bank',
      hosts: ['*.bank.example'],
    },
  ],
};
