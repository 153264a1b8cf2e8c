import { createFormat } from '@orrery/backstage-plugin-orrery-react';
import { edge, graphOf, node } from '../../__testUtils__/graph';
import { viewSteps } from '../levels';
import { runWhole } from '../slices';
import { sceneSteps } from './buildScene';
import { EDGE_LABELS, linkLabel } from './linkLabel';

const order = node('wealth/order', 'healthy');
const payment = node('wealth/payment', 'healthy');
const stock = node('wealth/stock', 'healthy');
const mysql = node('wealth/mysql', 'healthy');
const { links } = runWhole(
  sceneSteps(
    runWhole(
      viewSteps(
        graphOf(
          [order, payment, stock, mysql],
          [
            edge(order, payment, {
              traffic: {
                protocols: ['http'],
                responses: [],
                requestsPerSecond: 30,
                errorShare: 0.1,
                p50Milliseconds: 20,
                p95Milliseconds: 80,
                p99Milliseconds: 200,
                requestBytesPerSecond: 1000,
                responseBytesPerSecond: 3000,
                mutualTlsShare: 0.5,
              },
            }),
            edge(order, stock, {
              traffic: {
                protocols: ['grpc'],
                responses: [],
                requestsPerSecond: 10,
              },
            }),
            edge(order, mysql, {
              traffic: {
                protocols: ['tcp'],
                responses: [],
                sentBytesPerSecond: 100,
                receivedBytesPerSecond: 400,
              },
            }),
          ],
        ),
        { depth: 'workload', except: [] },
      ),
    ),
  ),
);
const format = createFormat('en');
const labelsTo = (target: string) =>
  Object.fromEntries(
    EDGE_LABELS.map(kind => [
      kind,
      links
        .filter(link => link.target.endsWith(target))
        .map(link => linkLabel(link, kind, format))
        .join(),
    ]),
  );

describe('linkLabel', () => {
  it('writes what was asked for', () => {
    expect(labelsTo('payment')).toEqual({
      rate: '30/s · 10 %',
      errors: '10 %',
      p50: '20 ms',
      p95: '80 ms',
      p99: '200 ms',
      bytes: '4 kB/s',
      mutualTls: '50 %',
      protocol: 'http',
      share: '75 %',
      none: '',
    });
  });

  it('writes nothing where nothing is known', () => {
    expect(labelsTo('stock')).toEqual({
      rate: '10/s',
      errors: '',
      p50: '',
      p95: '',
      p99: '',
      bytes: '',
      mutualTls: '',
      protocol: 'grpc',
      share: '25 %',
      none: '',
    });
  });

  it('has bytes of what carries no requests', () => {
    expect(labelsTo('mysql')).toMatchObject({
      rate: '500 B/s',
      bytes: '500 B/s',
      share: '',
      protocol: 'tcp',
    });
  });
});
