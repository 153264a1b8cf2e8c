import type { Incident, IncidentContext } from './incident';

const NAMESPACE = 'loan';
const APP = 'scoring';
const VERSION = 'v2';

function setCrashing(
  { effects, store, reviewPod }: IncidentContext,
  crashing: boolean,
): void {
  effects.setCrashing(`${NAMESPACE}/${APP}@${VERSION}`, crashing);
  for (const { metadata } of store.list('pods', NAMESPACE)) {
    if (metadata.labels?.app === APP && metadata.labels.version === VERSION) {
      reviewPod(NAMESPACE, metadata.name);
    }
  }
}

/** The new version of scoring cannot load its model. */
export const scoringCrashLoop: Incident = {
  name: 'loan-scoring-crashloop',
  title: 'scoring v2 crashes',
  description:
    'The pods of scoring v2 start, fail to load the model and start again (CrashLoopBackOff); its share of the traffic finds no healthy upstream (UH).',
  applies: world =>
    world.apps.some(
      app =>
        app.namespace === NAMESPACE &&
        app.name === APP &&
        app.releases.some(release => release.version === VERSION),
    ),
  start: context => setCrashing(context, true),
  stop: context => setCrashing(context, false),
};
