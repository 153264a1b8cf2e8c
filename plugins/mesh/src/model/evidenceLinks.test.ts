import { node } from '../__testUtils__/graph';
import { evidenceLinks } from './evidenceLinks';

const range = { from: 'now-1m', to: 'now' };
const order = { ...node('wealth/order', 'healthy'), app: 'order' };
const payment = {
  ...node('wealth/payment', 'failing'),
  app: 'payment',
  version: 'v2',
};

function read(href: string | undefined) {
  const url = new URL(href ?? '', 'http://x');
  return [url.pathname, Object.fromEntries(url.searchParams)];
}

describe('evidenceLinks', () => {
  it('leads from an edge to traces of exactly its calls', () => {
    const { logs, traces } = evidenceLinks({
      node: payment,
      source: order,
      range,
    });
    expect(read(traces)).toEqual([
      '/traces',
      {
        cluster: order.cluster,
        namespace: 'wealth',
        app: 'order',
        remoteService: 'payment.wealth',
        version: 'v2',
        ...range,
      },
    ]);
    expect(read(logs)).toEqual([
      '/logs',
      {
        cluster: order.cluster,
        namespaces: 'wealth',
        app: 'payment',
        version: 'v2',
        ...range,
      },
    ]);
  });

  it('has nothing of what may not be seen', () => {
    const hidden = { ...order, kind: 'hidden' as const };
    expect(evidenceLinks({ node: hidden, range })).toEqual({});
    expect(
      evidenceLinks({ node: payment, source: hidden, range }).traces,
    ).toBeUndefined();
  });
});
