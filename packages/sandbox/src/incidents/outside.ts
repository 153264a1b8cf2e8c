import type { World } from '../world/types';
import type { Incident, IncidentContext } from './incident';

const SIDECARS = 'sidecars.networking.istio.io';
const CLOSED = { namespace: 'wealth', name: 'default' };

const hasApp = (world: World, namespace: string, name: string) =>
  world.apps.some(app => app.namespace === namespace && app.name === name);

/** Somebody closes a namespace without declaring everything it needs. */
export const registryOnly: Incident = {
  name: 'registry-only',
  title: 'wealth is closed to undeclared hosts',
  description:
    'A Sidecar object with REGISTRY_ONLY is applied to wealth; quote cannot reach feed.marketdata.example any more (502, BlackHoleCluster), as no ServiceEntry declares it.',
  applies: world => hasApp(world, 'wealth', 'quote'),
  start: ({ store }) => {
    store.put(SIDECARS, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Sidecar',
      metadata: { ...CLOSED },
      spec: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
    });
  },
  stop: ({ store }) => {
    store.delete(SIDECARS, CLOSED.namespace, CLOSED.name);
  },
};

const SCALED = { namespace: 'loan', name: 'contract' };

function scale({ store }: IncidentContext, replicas: number): void {
  const { namespace, name } = SCALED;
  const deployment = store.get('deployments.apps', namespace, name);
  if (!deployment) return;
  store.put('deployments.apps', {
    ...deployment,
    spec: { ...deployment.spec, replicas },
  });
}

/** Somebody scales a service down that others still call. */
export const scaledToZero: Incident = {
  name: 'contract-scaled-to-zero',
  title: 'contract has no pods',
  description:
    'The Deployment of contract is scaled to 0; scoring and archive find no healthy upstream (503 UH), and applications fail with them.',
  applies: world => hasApp(world, SCALED.namespace, SCALED.name),
  start: context => scale(context, 0),
  stop: context => {
    const app = context.world.apps.find(
      ({ namespace, name }) =>
        namespace === SCALED.namespace && name === SCALED.name,
    );
    if (app) scale(context, app.releases[0].replicas);
  },
};
