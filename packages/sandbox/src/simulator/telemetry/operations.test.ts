import { setSpec, startWorld } from '../testing';
import { evaluateTag } from './operations';

const get = { method: 'GET', path: '/accounts', share: 1 };

describe('request_operation', () => {
  it.each([
    ['request.method', 'GET'],
    ['request.method + " " + request.url_path', 'GET /accounts'],
    [`'op:' + request.path`, 'op:/accounts'],
    ['request.headers["x"]', undefined],
    ['request.method +', undefined],
    ['', undefined],
  ])('%s', (expression, expected) => {
    expect(evaluateTag(expression, get)).toBe(expected);
  });

  it('is told apart at the end that a Telemetry object names, and adds up', async () => {
    const { sink, run } = startWorld();
    await run(120);
    const flow = { source_workload: 'portal-bff', destination_app: 'account' };
    const name = 'istio_requests_total';
    const server = sink.find(name, { ...flow, reporter: 'destination' });
    expect(server.map(({ labels }) => labels.request_operation).sort()).toEqual(
      ['GET /accounts', 'GET /accounts/balance'],
    );
    const total = sink.total(name, { ...flow, reporter: 'destination' });
    const lists = sink.total(name, {
      ...flow,
      request_operation: 'GET /accounts',
    });
    expect(lists / total).toBeCloseTo(0.7, 2);
    const client = sink.find(name, { ...flow, reporter: 'source' });
    expect(client.map(({ labels }) => labels.request_operation)).toEqual([
      undefined,
    ]);
    expect(
      sink.total(name, { ...flow, reporter: 'source' }) - total,
    ).toBeLessThan(3);
  });

  it('goes when the object does not ask for it any more', async () => {
    const { sink, store, run } = startWorld();
    setSpec(
      store,
      'telemetries.telemetry.istio.io',
      'wealth',
      'account-operations',
      { selector: { matchLabels: { app: 'account' } }, metrics: [] },
    );
    await run(30);
    const flow = { destination_app: 'account', reporter: 'destination' };
    const plain = () =>
      sink
        .find('istio_requests_total', flow)
        .filter(({ labels }) => labels.request_operation === undefined);
    expect(plain().length).toBeGreaterThan(0);
  });
});
