import { contentHash } from '../names';
import { timestamp } from '../storage/timestamp';
import type { KubernetesObject, ObjectChange } from '../store';
import {
  asNumber,
  asObject,
  asObjects,
  asText,
  asTexts,
  type JsonObject,
} from '../values';
import type { Controller, ControllerContext, Enqueue } from './context';
import { keyOf, splitKey } from './context';
import { controllerOf, ownedBy } from './owner-index';
import { cancelRuns, completedPhases, startAnalysis } from './rollout/analysis';
import { goDuration } from './rollout/go-duration';
import {
  analysisRuns,
  experiments,
  replicaSets,
  rolloutHashLabel,
} from './rollout/rollout';

/** Runs the ReplicaSets and analyses of Experiments for their time. Weights of templates are not routed. */
export class ExperimentController implements Controller {
  readonly name = 'experiment-controller';
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  observe({ resource, object, type }: ObjectChange, enqueue: Enqueue): void {
    if (resource === experiments) {
      if (type !== 'DELETED') enqueue(keyOf(object));
    } else if (resource === replicaSets || resource === analysisRuns) {
      const owner = controllerOf(object);
      if (owner?.kind === 'Experiment') {
        enqueue(`${object.metadata.namespace}/${owner.name}`);
      }
    }
  }

  sync(key: string, enqueue: Enqueue): void {
    const { store, clock } = this.#context;
    const [namespace, name] = splitKey(key);
    const experiment = store.get(experiments, namespace, name);
    if (!experiment || experiment.metadata.deletionTimestamp) return;
    const ended = completedPhases.has(asText(experiment.status?.phase) ?? '');
    const templates = asObjects(experiment.spec?.templates);
    if (ended) {
      templates.forEach(template => this.#size(experiment, template, 0));
      return;
    }
    const now = clock.now();
    const sets = templates.map(template =>
      this.#size(experiment, template, asNumber(template.replicas) ?? 1),
    );
    const available = sets.every(
      (set, index) =>
        (asNumber(set.status?.availableReplicas) ?? 0) >=
        (asNumber(templates[index].replicas) ?? 1),
    );
    const availableAt =
      asText(experiment.status?.availableAt) ??
      (available ? timestamp(now) : undefined);
    const duration = goDuration(experiment.spec?.duration);
    const end =
      availableAt === undefined || duration === undefined
        ? undefined
        : Date.parse(availableAt) + duration;
    if (end !== undefined && end > now) enqueue(key, end);
    const runs = availableAt ? this.#analyse(experiment) : [];
    const outcome = this.#outcome(experiment, runs, end, now);
    if (completedPhases.has(outcome.phase)) {
      cancelRuns(
        this.#context,
        runs.map(run =>
          store.get(analysisRuns, namespace, String(run.analysisRun)),
        ),
      );
      this.#context.events.record(
        experiment,
        outcome.phase === 'Successful' ? 'Normal' : 'Warning',
        `Experiment${outcome.phase}`,
        `Experiment transitioned from ${experiment.status?.phase ?? ''} -> ${
          outcome.phase
        }`,
        'rollouts-controller',
      );
    }
    store.putStatus(experiments, namespace, name, {
      ...outcome,
      ...(availableAt ? { availableAt } : {}),
      templateStatuses: sets.map((set, index) => ({
        name: templates[index].name,
        status: available ? 'Running' : 'Progressing',
        replicas: asNumber(set.status?.replicas) ?? 0,
        updatedReplicas: asNumber(set.status?.replicas) ?? 0,
        readyReplicas: asNumber(set.status?.readyReplicas) ?? 0,
        availableReplicas: asNumber(set.status?.availableReplicas) ?? 0,
        podTemplateHash: set.metadata.labels?.[rolloutHashLabel],
      })),
      ...(runs.length ? { analysisRuns: runs } : {}),
    });
  }

  #outcome(
    experiment: KubernetesObject,
    runs: readonly JsonObject[],
    end: number | undefined,
    now: number,
  ): { phase: string; message?: string } {
    const bad = runs.find(
      ({ phase }) =>
        phase !== 'Successful' && completedPhases.has(String(phase)),
    );
    if (bad) {
      return {
        phase: String(bad.phase),
        message: asText(bad.message) ?? `Analysis ${bad.name} ${bad.phase}`,
      };
    }
    const required = asObjects(experiment.spec?.analyses)
      .filter(({ requiredForCompletion }) => requiredForCompletion === true)
      .map(({ name }) => name);
    const judged =
      required.length > 0 &&
      required.every(name =>
        runs.some(run => run.name === name && run.phase === 'Successful'),
      );
    const over = end !== undefined && now >= end;
    if (experiment.spec?.terminate === true || judged || over) {
      return { phase: 'Successful' };
    }
    return {
      phase: end === undefined && runs.length === 0 ? 'Pending' : 'Running',
    };
  }

  /** Starts the analyses that have not started; answers the status of all. */
  #analyse(experiment: KubernetesObject): JsonObject[] {
    const { store } = this.#context;
    const { namespace, name } = experiment.metadata;
    return asObjects(experiment.spec?.analyses).map(analysis => {
      const runName = `${name}-${analysis.name}`;
      try {
        const run =
          store.get(analysisRuns, namespace, runName) ??
          startAnalysis(
            this.#context,
            { templates: [analysis], args: analysis.args },
            { name: runName, labels: {} },
            { owner: experiment, latest: '', stable: '' },
          );
        const message = asText(run.status?.message);
        return {
          name: analysis.name,
          analysisRun: runName,
          phase: asText(run.status?.phase) ?? 'Pending',
          ...(message ? { message } : {}),
        };
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return {
          name: analysis.name,
          analysisRun: '',
          phase: 'Error',
          message,
        };
      }
    });
  }

  #size(
    experiment: KubernetesObject,
    template: JsonObject,
    replicas: number,
  ): KubernetesObject {
    const { store } = this.#context;
    const { namespace } = experiment.metadata;
    const name = `${experiment.metadata.name}-${template.name}`;
    const found = store.get(replicaSets, namespace, name);
    if (found) {
      return found.spec?.replicas === replicas
        ? found
        : store.put(replicaSets, {
            ...found,
            spec: { ...found.spec, replicas },
          });
    }
    const pod = asObject(template.template);
    const metadata = asObject(pod.metadata);
    const hash = contentHash({ pod, name });
    const labels = { ...asTexts(metadata.labels), [rolloutHashLabel]: hash };
    const selector = asObject(template.selector);
    return store.put(replicaSets, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name,
        namespace,
        labels,
        annotations: {
          'experiment.argoproj.io/name': experiment.metadata.name,
          'experiment.argoproj.io/template-name': String(template.name),
        },
        ownerReferences: [ownedBy(experiment)],
      },
      spec: {
        replicas,
        selector: {
          ...selector,
          matchLabels: {
            ...asTexts(selector.matchLabels),
            [rolloutHashLabel]: hash,
          },
        },
        template: { ...pod, metadata: { ...metadata, labels } },
      },
      status: { replicas: 0 },
    });
  }
}
