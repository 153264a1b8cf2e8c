import { checkWeights } from './checks';
import type { MeshObject, SubsetWeight } from './types';

/** Where a new object is, and the label that says who made it. */
function metadata(name: string, namespace: string) {
  return {
    name,
    namespace,
    labels: { 'app.kubernetes.io/managed-by': 'orrery' },
  };
}

/**
 * A VirtualService of the mesh that shares the requests to a host.
 *
 * @throws InvalidValueError naming `weights...`
 * @public
 */
export function newVirtualService(options: {
  name: string;
  namespace: string;
  host: string;
  weights: readonly SubsetWeight[];
}): MeshObject {
  const { name, namespace, host, weights } = options;
  checkWeights(
    weights.map(({ subset = '', weight }) => ({ name: subset, weight })),
  );
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: metadata(name, namespace),
    spec: {
      hosts: [host],
      http: [
        {
          route: weights.map(({ subset, weight }) => ({
            destination: subset === undefined ? { host } : { host, subset },
            weight,
          })),
        },
      ],
    },
  };
}

/**
 * A DestinationRule that knows the subsets of a host.
 *
 * @public
 */
export function newDestinationRule(options: {
  name: string;
  namespace: string;
  host: string;
  subsets: readonly {
    name: string;
    labels: Readonly<Record<string, string>>;
  }[];
}): MeshObject {
  const { name, namespace, host, subsets } = options;
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: metadata(name, namespace),
    spec: {
      host,
      subsets: subsets.map(subset => ({
        name: subset.name,
        labels: { ...subset.labels },
      })),
    },
  };
}

/**
 * An HTTPRoute of the mesh (its parent is the Service itself) that shares the
 * requests to a Service among others.
 *
 * @throws InvalidValueError naming `weights...`
 * @public
 */
export function newHttpRoute(options: {
  name: string;
  namespace: string;
  service: string;
  port: number;
  weights: readonly { service: string; weight: number }[];
}): MeshObject {
  const { name, namespace, service, port, weights } = options;
  checkWeights(weights.map(entry => ({ ...entry, name: entry.service })));
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadata(name, namespace),
    spec: {
      parentRefs: [{ group: '', kind: 'Service', name: service, port }],
      rules: [
        {
          backendRefs: weights.map(entry => ({
            name: entry.service,
            port,
            weight: entry.weight,
          })),
        },
      ],
    },
  };
}
