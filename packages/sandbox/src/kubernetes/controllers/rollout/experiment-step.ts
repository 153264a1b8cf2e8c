import { asObject, asObjects, asText, type JsonObject } from '../../values';
import type { ControllerContext } from '../context';
import { ownedBy } from '../owner-index';
import { ownedObjects } from '../replicas';
import { argumentsOf, completedPhases } from './analysis';
import type { Pauses } from './pauses';
import {
  currentStep,
  experiments,
  isFullyPromoted,
  revisionOfRollout,
  rolloutHashLabel,
  type RolloutView,
} from './rollout';

/** The templates of an experiment step: pods of the canary's or the stable template. */
function templatesOf(view: RolloutView, step: JsonObject): JsonObject[] {
  return asObjects(step.templates).map(entry => {
    const source = entry.specRef === 'stable' ? view.stable : view.newest;
    const template = asObject(source?.spec?.template);
    const metadata = asObject(template.metadata);
    const labels = { ...asObject(metadata.labels) };
    delete labels[rolloutHashLabel];
    const more = asObject(entry.metadata);
    return {
      name: entry.name,
      replicas: entry.replicas ?? 1,
      selector: entry.selector ?? view.rollout.spec?.selector,
      template: {
        ...template,
        metadata: {
          ...metadata,
          labels: { ...labels, ...asObject(more.labels) },
        },
      },
    };
  });
}

function analysesOf(view: RolloutView, step: JsonObject): JsonObject[] {
  const { latest, stable } = argumentsOf(view);
  return asObjects(step.analyses).map(analysis => ({
    ...analysis,
    args: asObjects(analysis.args).map(argument => {
      const hash = asObject(argument.valueFrom).podTemplateHashValue;
      return hash === undefined
        ? argument
        : { name: argument.name, value: hash === 'Stable' ? stable : latest };
    }),
  }));
}

/**
 * Starts, follows and ends the Experiment of an experiment step. Returns
 * `currentExperiment` for the status, and `experimentPhase`.
 */
export function followExperiment(
  context: ControllerContext,
  view: RolloutView,
  pauses: Pauses,
): JsonObject {
  const { store } = context;
  const { rollout, hash, stepIndex, status, stable, newest } = view;
  const step = currentStep(view);
  const owned = ownedObjects(context, rollout, experiments);
  const over =
    !step?.experiment ||
    isFullyPromoted(view) ||
    pauses.aborted ||
    !stable ||
    !newest ||
    status.promoteFull === true;
  const name = `${rollout.metadata.name}-${hash}-${revisionOfRollout(
    rollout,
  )}-${stepIndex}`;
  for (const experiment of owned) {
    const ended = completedPhases.has(asText(experiment.status?.phase) ?? '');
    const current = !over && experiment.metadata.name === name;
    if (!current && !ended && experiment.spec?.terminate !== true) {
      store.put(experiments, {
        ...experiment,
        spec: { ...experiment.spec, terminate: true },
      });
    }
  }
  if (over) return {};
  const wanted = asObject(step.experiment);
  const analyses = analysesOf(view, wanted);
  const experiment =
    owned.find(({ metadata }) => metadata.name === name) ??
    store.put(experiments, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Experiment',
      metadata: {
        name,
        namespace: rollout.metadata.namespace,
        labels: { [rolloutHashLabel]: hash },
        annotations: {
          'rollout.argoproj.io/revision': String(revisionOfRollout(rollout)),
        },
        ownerReferences: [ownedBy(rollout)],
      },
      spec: {
        templates: templatesOf(view, wanted),
        ...(wanted.duration ? { duration: wanted.duration } : {}),
        ...(analyses.length ? { analyses } : {}),
      },
    });
  const phase = asText(experiment.status?.phase);
  if (phase === 'Inconclusive') pauses.add('InconclusiveExperiment');
  if (phase === 'Failed' || phase === 'Error') {
    pauses.abort(asText(experiment.status?.message) ?? `Experiment ${phase}`);
  }
  return { currentExperiment: name, experimentPhase: phase };
}
