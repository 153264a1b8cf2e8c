import type { Random } from '../../random';
import type { KubernetesObject } from '../store';
import { asObject, asObjects, asText, type JsonObject } from '../values';
import { fill } from './fill';

/** Hands out service addresses in 10.96.0.0/14 and node ports. */
export class ClusterAddresses {
  readonly #random: Random;
  readonly #addresses = new Set<string>();
  readonly #ports = new Set<number>();

  constructor(random: Random) {
    this.#random = random;
  }

  address(): string {
    for (;;) {
      const address = `10.${
        96 + this.#random.integer(4)
      }.${this.#random.integer(256)}.${1 + this.#random.integer(254)}`;
      if (!this.#addresses.has(address)) {
        this.#addresses.add(address);
        return address;
      }
    }
  }

  nodePort(): number {
    for (;;) {
      const port = 30000 + this.#random.integer(2768);
      if (!this.#ports.has(port)) {
        this.#ports.add(port);
        return port;
      }
    }
  }
}

/** A service with its addresses, and ports that lead somewhere. */
export function defaultService(
  service: KubernetesObject,
  addresses: ClusterAddresses,
): KubernetesObject {
  const given = asObject(service.spec);
  const type = asText(given.type) ?? 'ClusterIP';
  if (type === 'ExternalName') {
    return {
      ...service,
      spec: fill(given, { sessionAffinity: 'None', type }),
      status: fill(asObject(service.status), { loadBalancer: {} }),
    };
  }
  const exposed = type === 'NodePort' || type === 'LoadBalancer';
  const ports = asObjects(given.ports).map(port => {
    const complete: JsonObject = fill(port, {
      protocol: 'TCP',
      targetPort: port.port,
    });
    return exposed && complete.nodePort === undefined
      ? { ...complete, nodePort: addresses.nodePort() }
      : complete;
  });
  const clusterIP = asText(given.clusterIP) || addresses.address();
  return {
    ...service,
    spec: fill(
      { ...given, clusterIP, ...(ports.length ? { ports } : {}) },
      {
        clusterIPs: [clusterIP],
        internalTrafficPolicy: 'Cluster',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        sessionAffinity: 'None',
        type,
        ...(exposed ? { externalTrafficPolicy: 'Cluster' } : {}),
      },
    ),
    status: fill(asObject(service.status), { loadBalancer: {} }),
  };
}
