import type { Manifest } from '@orrery/backstage-plugin-delivery-common';

/** How a service is served outside of the mesh. */
export type Exposure = {
  namespace: string;
  service: string;
  port: number;
  host: string;
  /** `namespace/name` of the gateway. */
  gateway: string;
  /** Such as `10s`. */
  timeout: string;
  retries: number;
};

/**
 * The VirtualService that serves a host at the gateway, and the service's own
 * name in the mesh by the same rules.
 */
export function exposureManifest(exposure: Exposure): Manifest {
  const { namespace, service, port, host, gateway, timeout, retries } =
    exposure;
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: {
      name: service,
      namespace,
      labels: { app: service, 'app.kubernetes.io/name': service },
    },
    spec: {
      hosts: [service, host],
      gateways: ['mesh', gateway],
      http: [
        {
          name: 'primary',
          route: [{ destination: { host: service, port: { number: port } } }],
          timeout,
          ...(retries > 0 && {
            retries: {
              attempts: retries,
              // Only what cannot have been done twice is tried again.
              retryOn: 'connect-failure,refused-stream',
            },
          }),
        },
      ],
    },
  };
}
