import type { Incident, IncidentContext } from './incident';

const NAMESPACE = 'wealth';
const APP = 'order';

function pods({ store }: IncidentContext): string[] {
  return store
    .list('pods', NAMESPACE)
    .filter(({ metadata }) => metadata.labels?.app === APP)
    .map(({ metadata }) => `${NAMESPACE}/${metadata.name}`)
    .sort();
}

/** A proxy keeps its connection, but does not take what istiod sends. */
export const proxyOutOfSync: Incident = {
  name: 'proxy-out-of-sync',
  title: 'A proxy of order is out of sync',
  description:
    'The first pod of order does not acknowledge the configuration that istiod sends (STALE in istioctl proxy-status); its traffic goes on as before.',
  applies: world =>
    world.apps.some(
      ({ namespace, name }) => namespace === NAMESPACE && name === APP,
    ),
  start: context => {
    const [first] = pods(context);
    if (first) context.effects.setDeaf(first, true);
  },
  stop: context => {
    for (const pod of pods(context)) context.effects.setDeaf(pod, false);
  },
};
