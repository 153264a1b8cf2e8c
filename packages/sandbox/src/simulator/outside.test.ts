import { scaledToZero, registryOnly } from '../incidents/outside';
import type { IncidentContext } from '../incidents/incident';
import { defaultWorld } from '../world/default';
import { setSpec, startWorld } from './testing';

const REQUESTS = 'istio_requests_total';

function context({
  store,
  effects,
  clock,
}: ReturnType<typeof startWorld>): IncidentContext {
  return {
    world: defaultWorld,
    store,
    effects,
    clock,
    reviewPod: () => undefined,
  };
}

describe('traffic to the outside', () => {
  it('is named by the ServiceEntry that covers the host', async () => {
    const { sink, run } = startWorld();
    await run(60);
    const services = sink
      .find(REQUESTS, { destination_workload: 'unknown', reporter: 'source' })
      .map(
        ({ labels }) =>
          `${labels.destination_service_namespace}: ${labels.destination_service}, ${labels.destination_service_name}`,
      );
    expect(new Set(services)).toEqual(
      new Set([
        'wealth: bank.example, bank.example',
        'wealth: cards.network.example, cards.network.example',
        'wealth: clearing.network.example, clearing.network.example',
        'loan: *.rating.example, *.rating.example',
        'wealth: exchange.example, exchange.example',
        'unknown: feed.marketdata.example, PassthroughCluster',
        // Scanners, whom the gateway answers by itself.
        'unknown: unknown, unknown',
      ]),
    );
  });

  it('leaves over the egress gateway where a VirtualService says so', async () => {
    const { increase } = startWorld();
    const [toGateway, outside, direct] = await increase(
      60,
      REQUESTS,
      { source_workload: 'fund', destination_workload: 'istio-egressgateway' },
      {
        source_workload: 'istio-egressgateway',
        destination_service: 'exchange.example',
        reporter: 'source',
      },
      { source_workload: 'fund', destination_service: 'exchange.example' },
    );
    expect(toGateway).toBeGreaterThan(100);
    expect(outside).toBe(toGateway);
    expect(direct).toBe(0);
  });

  it('goes straight out when that VirtualService is gone', async () => {
    const { store, increase } = startWorld();
    store.delete('virtualservices.networking.istio.io', 'wealth', 'exchange');
    const [over, direct] = await increase(
      60,
      REQUESTS,
      { destination_workload: 'istio-egressgateway' },
      { source_workload: 'fund', destination_service: 'exchange.example' },
    );
    expect(over).toBe(0);
    expect(direct).toBeGreaterThan(100);
  });

  it('ends at a gateway that has no route for it', async () => {
    const { store, increase } = startWorld();
    setSpec(
      store,
      'gateways.networking.istio.io',
      'istio-system',
      'exchange-egress',
      { selector: { istio: 'egressgateway' }, servers: [] },
    );
    const [seen, lost, outside] = await increase(
      60,
      REQUESTS,
      {
        source_workload: 'fund',
        destination_workload: 'istio-egressgateway',
        response_code: '404',
      },
      {
        source_workload: 'istio-egressgateway',
        response_code: '404',
        response_flags: 'NR',
      },
      { destination_service: 'exchange.example' },
    );
    expect(seen).toBeGreaterThan(100);
    expect(lost).toBe(seen);
    expect(outside).toBe(0);
  });

  it('falls into the black hole when a namespace is closed', async () => {
    const world = startWorld();
    await world.run(20);
    registryOnly.start(context(world));
    const hole = {
      source_workload: 'quote',
      destination_service_name: 'BlackHoleCluster',
      destination_service: 'feed.marketdata.example',
      response_code: '502',
    };
    const passed = { destination_service_name: 'PassthroughCluster' };
    const declared = {
      destination_service: 'bank.example',
      response_code: '200',
    };
    const [swallowed, through, bank] = await world.increase(
      60,
      REQUESTS,
      hole,
      passed,
      declared,
    );
    expect(swallowed).toBeGreaterThan(30);
    expect(through).toBe(0);
    expect(bank).toBeGreaterThan(100);
    registryOnly.stop(context(world));
    const [after] = await world.increase(30, REQUESTS, hole);
    expect(after).toBe(0);
  });

  it('knows a service whose Deployment has no pods', async () => {
    const world = startWorld();
    await world.run(20);
    const replicas = () =>
      world.store.get('deployments.apps', 'loan', 'contract')?.spec?.replicas;
    scaledToZero.start(context(world));
    expect(replicas()).toBe(0);
    for (const pod of world.store.list('pods', 'loan')) {
      if (pod.metadata.name.startsWith('contract-')) {
        world.store.delete('pods', 'loan', pod.metadata.name);
      }
    }
    const [unavailable] = await world.increase(30, REQUESTS, {
      source_workload: 'scoring-v1',
      destination_service: 'contract.loan.svc.cluster.local',
      destination_workload: 'unknown',
      response_code: '503',
      response_flags: 'UH',
    });
    expect(unavailable).toBeGreaterThan(100);
    scaledToZero.stop(context(world));
    expect(replicas()).toBe(2);
  });
});
