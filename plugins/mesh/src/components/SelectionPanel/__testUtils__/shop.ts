import { edge, graphOf, node, SILENCE } from '../../../__testUtils__/graph';

export const order = node('wealth/order', 'degraded', {
  app: 'order',
  pods: { desired: 3, available: 2 },
  services: ['order'],
  layer: 'l7',
  revision: 'default',
  proxies: {
    count: 3,
    versions: ['1.28.3', '1.29.1'],
    revisions: ['default'],
    connected: 3,
    synced: 2,
  },
  mutualTls: { mode: 'permissive', from: 'default' },
  labels: { app: 'order' },
  operations: [{ name: 'GET /orders', requestsPerSecond: 9, errorShare: 0 }],
  inbound: {
    protocols: ['http'],
    requestsPerSecond: 12,
    errorShare: 0,
    p95Milliseconds: 80,
    responses: [],
  },
});
export const payment = node('wealth/payment-v2', 'failing', {
  app: 'payment',
  version: 'v2',
  config: ['VirtualService wealth/payment'],
  features: [
    {
      name: 'fault-injection',
      object: 'VirtualService wealth/payment',
      summary: 'aborts 50 % with 503',
    },
    {
      name: 'traffic-shifting',
      object: 'VirtualService wealth/payment',
      summary: '90 % to v1, 10 % to v2',
    },
  ],
});
export const mysql = node('wealth/mysql', 'unknown', {
  dataPlane: 'none',
  workloadKind: 'StatefulSet',
  inbound: { ...SILENCE, protocols: ['tcp'], sentBytesPerSecond: 2048 },
});
export const failing = edge(order, payment, {
  health: { state: 'failing', reasons: ['50 % of requests fail'] },
  reported: { source: 2, destination: 1 },
  disagreement: 0.5,
  hosts: ['payment.wealth.svc.cluster.local'],
  principals: {
    source: ['cluster.local/ns/wealth/sa/order'],
    destination: [],
  },
  traffic: {
    protocols: ['http'],
    requestsPerSecond: 2,
    errorShare: 0.5,
    p95Milliseconds: 250,
    mutualTlsShare: 1,
    responses: [
      {
        protocol: 'http',
        code: '200',
        flags: '-',
        error: false,
        requestsPerSecond: 1,
      },
      {
        protocol: 'http',
        code: '503',
        flags: 'UH',
        error: true,
        requestsPerSecond: 1,
      },
    ],
  },
});
export const hidden = node('wealth/others', 'unknown', {
  id: 'hidden',
  kind: 'hidden',
  inbound: { ...SILENCE, protocols: ['http'], requestsPerSecond: 7 },
});
export const fromHidden = edge(hidden, order, {
  traffic: { ...SILENCE, protocols: ['http'], requestsPerSecond: 7 },
});
/** A failing call, a TCP neighbour, and what may not be seen. */
export const graph = graphOf(
  [order, payment, mysql, hidden],
  [failing, edge(order, mysql), fromHidden],
);
