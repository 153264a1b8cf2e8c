import { Autoscaler, desiredReplicas } from './autoscaler';
import { startWorld } from './testing';

describe('desiredReplicas', () => {
  it.each([
    [4, 4, 140, 70, 8],
    [4, 4, 74, 70, 4],
    [4, 4, 80, 70, 5],
    [4, 4, 35, 70, 2],
    [9, 4, 72, 70, 9],
    [9, 4, 35, 70, 2],
  ])(
    '%i replicas, %i of them ready, at %i %% of %i %% become %i',
    (current, ready, used, target, result) => {
      expect(desiredReplicas(current, ready, used, target)).toBe(result);
    },
  );
});

describe('Autoscaler', () => {
  it('scales out under load, and back only after a while', async () => {
    const { store, simulator, effects, clock, run } = startWorld();
    const autoscaler = new Autoscaler(
      store,
      simulator.engine.cluster,
      simulator.usage,
      clock,
    );
    const replicas = () =>
      store.get('deployments.apps', 'wealth', 'portal-bff')?.spec?.replicas;
    const status = () =>
      store.get('horizontalpodautoscalers.autoscaling', 'wealth', 'portal-bff')
        ?.status;
    await run(5);
    autoscaler.run();
    expect(replicas()).toBe(4);
    expect(status()).toMatchObject({ currentReplicas: 4, desiredReplicas: 4 });
    effects.extraTraffic = 4;
    await run(5);
    autoscaler.run();
    const scaled = Number(replicas());
    expect(scaled).toBeGreaterThan(4);
    expect(status()).toMatchObject({
      desiredReplicas: scaled,
      lastScaleTime: '2026-11-23T06:00:10Z',
    });
    effects.extraTraffic = 0;
    await run(5);
    autoscaler.run();
    expect(replicas()).toBe(scaled);
    await run(301);
    autoscaler.run();
    expect(replicas()).toBe(4);
  });

  it('leaves alone what was scaled to zero', async () => {
    const { store, simulator, clock, run } = startWorld();
    const found = store.get('deployments.apps', 'wealth', 'portal-bff');
    if (!found) throw new Error('the world has no portal-bff');
    store.put('deployments.apps', {
      ...found,
      spec: { ...found.spec, replicas: 0 },
    });
    await run(2);
    new Autoscaler(
      store,
      simulator.engine.cluster,
      simulator.usage,
      clock,
    ).run();
    expect(
      store.get('deployments.apps', 'wealth', 'portal-bff')?.spec?.replicas,
    ).toBe(0);
  });
});
