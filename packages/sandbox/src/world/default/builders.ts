import type { ConfigObject } from '../types';

const networking = 'networking.istio.io/v1';

/** A VirtualService as the world lists it. */
export function virtualService(
  namespace: string,
  name: string,
  spec: Record<string, unknown>,
): ConfigObject {
  return {
    resource: 'virtualservices.networking.istio.io',
    apiVersion: networking,
    kind: 'VirtualService',
    namespace,
    name,
    spec,
  };
}

/** A DestinationRule as the world lists it. */
export function destinationRule(
  namespace: string,
  name: string,
  spec: Record<string, unknown>,
): ConfigObject {
  return {
    resource: 'destinationrules.networking.istio.io',
    apiVersion: networking,
    kind: 'DestinationRule',
    namespace,
    name,
    spec,
  };
}

/**
 * An HTTPRoute of the mesh (its parent is the Service itself) as the world
 * lists it, with what API servers fill in.
 */
export function serviceHttpRoute(
  namespace: string,
  service: string,
  port: number,
  rule: Record<string, unknown> = {},
): ConfigObject {
  return {
    resource: 'httproutes.gateway.networking.k8s.io',
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    namespace,
    name: service,
    spec: {
      parentRefs: [{ group: '', kind: 'Service', name: service, port }],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          ...rule,
          backendRefs: [
            { group: '', kind: 'Service', name: service, port, weight: 1 },
          ],
        },
      ],
    },
  };
}

/** A Gateway of the root namespace on port 80. */
export function gateway(
  name: string,
  istio: string,
  hosts: string[],
): ConfigObject {
  return {
    resource: 'gateways.networking.istio.io',
    apiVersion: networking,
    kind: 'Gateway',
    namespace: 'istio-system',
    name,
    spec: {
      selector: { istio },
      servers: [
        { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts },
      ],
    },
  };
}

/** A ServiceEntry of plain HTTP hosts outside the mesh. */
export function serviceEntry(
  namespace: string,
  name: string,
  hosts: string[],
  resolution = 'DNS',
): ConfigObject {
  return {
    resource: 'serviceentries.networking.istio.io',
    apiVersion: networking,
    kind: 'ServiceEntry',
    namespace,
    name,
    spec: {
      hosts,
      location: 'MESH_EXTERNAL',
      resolution,
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
    },
  };
}

/** A namespace's mutual TLS mode; in the root namespace, the mesh's. */
export function peerAuthentication(
  namespace: string,
  mode: string,
): ConfigObject {
  return {
    resource: 'peerauthentications.security.istio.io',
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    namespace,
    name: 'default',
    spec: { mtls: { mode } },
  };
}
