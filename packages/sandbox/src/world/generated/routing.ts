import type { App, ConfigObject } from '../types';

/** A VirtualService and a DestinationRule for every app with two versions. */
export function versionRouting(app: App): ConfigObject[] {
  if (app.releases.length < 2) return [];
  const common = { namespace: app.namespace, name: app.name };
  const apiVersion = 'networking.istio.io/v1';
  return [
    {
      ...common,
      apiVersion,
      resource: 'virtualservices.networking.istio.io',
      kind: 'VirtualService',
      spec: {
        hosts: [app.name],
        http: [
          {
            route: ['v1', 'v2'].map((subset, index) => ({
              destination: { host: app.name, subset },
              weight: [90, 10][index],
            })),
          },
        ],
      },
    },
    {
      ...common,
      apiVersion,
      resource: 'destinationrules.networking.istio.io',
      kind: 'DestinationRule',
      spec: {
        host: app.name,
        subsets: ['v1', 'v2'].map(name => ({
          name,
          labels: { version: name },
        })),
      },
    },
  ];
}

/** The VirtualService that brings the gateway's requests for a host to an area's front. */
export function frontRouting(app: App, host: string): ConfigObject {
  return {
    resource: 'virtualservices.networking.istio.io',
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    namespace: app.namespace,
    name: `${app.namespace}-front`,
    spec: {
      hosts: [host],
      gateways: ['istio-system/kepler'],
      http: [{ route: [{ destination: { host: app.name } }] }],
    },
  };
}
