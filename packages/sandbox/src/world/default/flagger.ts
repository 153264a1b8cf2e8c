import type { ConfigObject } from '../types';

/** Where `wealth/advice` asks whether it may be promoted, and tells what happens. */
export function adviceHooks(backendPort: number) {
  const hook = (type: string) => ({
    name: type === 'event' ? 'portal-events' : 'portal-approval',
    type,
    url: `http://127.0.0.1:${backendPort}/api/delivery/hooks/flagger/${type}?token=sandbox-hook`,
    timeout: '5s',
  });
  return [hook('confirm-promotion'), hook('event')];
}

/** How `wealth/advice` is released: a step every twenty seconds, and somebody's word at the end. */
export function adviceCanary(backendPort: number): ConfigObject {
  return {
    resource: 'canaries.flagger.app',
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    namespace: 'wealth',
    name: 'advice',
    spec: {
      provider: 'istio',
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'advice' },
      progressDeadlineSeconds: 120,
      service: { port: 8080, targetPort: 8080, portName: 'http' },
      analysis: {
        interval: '20s',
        threshold: 3,
        maxWeight: 50,
        stepWeight: 10,
        metrics: [
          {
            name: 'request-success-rate',
            interval: '1m',
            thresholdRange: { min: 99 },
          },
          {
            name: 'request-duration',
            interval: '1m',
            thresholdRange: { max: 250 },
          },
        ],
        webhooks: adviceHooks(backendPort),
      },
    },
  };
}
