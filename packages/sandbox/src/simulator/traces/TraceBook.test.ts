import { isFailure } from '../flow/outcome';
import { startTellingWorld } from '../testing';
import type { SimulatedTrace } from '.';

function allOf(world: ReturnType<typeof startTellingWorld>): SimulatedTrace[] {
  return [...world.simulator.book.between(0, world.clock.now())];
}

describe('the book of traces', () => {
  it('tells of whole requests: parents first, children within them', async () => {
    const world = startTellingWorld();
    await world.run(60);
    const traces = allOf(world);
    expect(traces.length).toBeGreaterThan(1000);
    for (const { calls, id } of traces) {
      expect(id).toMatch(/^[0-9a-f]{32}$/);
      const known = new Map(calls.map(call => [call.id, call]));
      expect(known.size).toBe(calls.length);
      for (const [index, call] of calls.entries()) {
        expect(call.parentId === undefined).toBe(index === 0);
        const parent = known.get(call.parentId ?? '');
        if (!parent) continue;
        expect(call.caller).toBe(parent.callee);
        expect(call.startedAt).toBeGreaterThanOrEqual(parent.arrivedAt);
        expect(call.startedAt + call.durationMilliseconds).toBeLessThanOrEqual(
          parent.arrivedAt + parent.servedMilliseconds + 1e-6,
        );
      }
    }
  });

  it('explains failures by those further in', async () => {
    const world = startTellingWorld();
    await world.run(60);
    const caused = allOf(world).flatMap(({ calls }) =>
      calls
        .filter(({ failedBy }) => failedBy !== undefined)
        .map(call => ({ call, calls })),
    );
    expect(caused.length).toBeGreaterThan(10);
    for (const { call, calls } of caused) {
      const culprits = calls.filter(
        ({ parentId, host }) => parentId === call.id && host === call.failedBy,
      );
      expect(culprits.some(({ outcome }) => isFailure(outcome))).toBe(true);
    }
  });

  it('fails as often as the metrics say', async () => {
    const world = startTellingWorld();
    world.effects.setBehaviour('wealth/quote', {
      errors: [{ code: 500, share: 0.3, message: 'on fire' }],
    });
    await world.run(5);
    const since = world.clock.now();
    await world.run(120);
    const answers = [...world.simulator.book.between(since, Infinity)].flatMap(
      ({ calls }) =>
        calls.filter(({ callee }) => callee?.workload.appName === 'quote'),
    );
    const failed = answers.filter(({ outcome }) => isFailure(outcome));
    const [all, bad] = await world.increase(
      30,
      'istio_requests_total',
      { destination_canonical_service: 'quote', reporter: 'destination' },
      {
        destination_canonical_service: 'quote',
        reporter: 'destination',
        grpc_response_status: '13',
      },
    );
    expect(answers.length).toBeGreaterThan(100);
    expect(bad / all).toBeGreaterThan(0.2);
    // Requests are drawn one by one: four standard deviations of so many draws.
    const share = bad / all;
    const deviation = Math.sqrt((share * (1 - share)) / answers.length);
    expect(Math.abs(failed.length / answers.length - share)).toBeLessThan(
      4 * deviation,
    );
  });

  it('finds a trace by its id, and forgets what is old', async () => {
    const world = startTellingWorld();
    await world.run(2);
    const [first] = allOf(world);
    expect(world.simulator.book.find(first.id)).toBe(first);
    expect(world.simulator.book.oldestAt).toBeLessThanOrEqual(first.startedAt);
    world.clock.advance(31 * 60_000);
    await world.run(60);
    expect(allOf(world).every(({ id }) => id !== first.id)).toBe(true);
  });

  it('tells the same to everybody who has the seed', async () => {
    const one = startTellingWorld();
    const other = startTellingWorld();
    await one.run(3);
    await other.run(3);
    const ids = (world: typeof one) => allOf(world).map(({ id }) => id);
    expect(ids(one)).toEqual(ids(other));
  });
});
