import type { KubernetesObject } from '../../store';
import {
  asList,
  asObject,
  asObjects,
  asText,
  at,
  type JsonObject,
} from '../../values';
import type { ControllerContext } from '../context';
import { ownedBy } from '../owner-index';
import { ownedObjects } from '../replicas';
import { analysisRuns, hashOf, type RolloutView } from './rollout';

/** Phases in which a run says no more. */
export const completedPhases: ReadonlySet<string> = new Set([
  'Successful',
  'Failed',
  'Error',
  'Inconclusive',
]);

/** What an owner's analysis is filled in with. */
export interface AnalysisArguments {
  owner: KubernetesObject;
  latest: string;
  stable: string;
}

function argumentValue(
  argument: JsonObject,
  { owner, latest, stable }: AnalysisArguments,
): string | undefined {
  const given = asText(argument.value);
  if (given !== undefined) return given;
  const from = asObject(argument.valueFrom);
  if (from.podTemplateHashValue === 'Latest') return latest;
  if (from.podTemplateHashValue === 'Stable') return stable;
  const path = asText(asObject(from.fieldRef).fieldPath);
  if (path === undefined) return undefined;
  const key = /^(.*)\['(.+)'\]$/.exec(path);
  const value = key ? asObject(at(owner, key[1]))[key[2]] : at(owner, path);
  return value === undefined ? undefined : String(value);
}

/** Templates that an analysis names, in order. @throws Error when one is missing */
function templatesOf(
  context: ControllerContext,
  namespace: string | undefined,
  analysis: JsonObject,
): KubernetesObject[] {
  return asObjects(analysis.templates).map(({ templateName, clusterScope }) => {
    const name = asText(templateName) ?? '';
    const template = clusterScope
      ? context.store.get(
          'clusteranalysistemplates.argoproj.io',
          undefined,
          name,
        )
      : context.store.get('analysistemplates.argoproj.io', namespace, name);
    if (!template) {
      const kind = clusterScope
        ? 'ClusterAnalysisTemplate'
        : 'AnalysisTemplate';
      throw new Error(`${kind} '${name}' not found`);
    }
    return template;
  });
}

/**
 * Starts an AnalysisRun from templates.
 * @throws Error when a template or the value of an argument is missing
 */
export function startAnalysis(
  context: ControllerContext,
  analysis: JsonObject,
  run: { name: string; labels: Record<string, string> },
  source: AnalysisArguments,
): KubernetesObject {
  const { namespace } = source.owner.metadata;
  const templates = templatesOf(context, namespace, analysis);
  const values = new Map<string, string | undefined>();
  for (const template of templates) {
    for (const argument of asObjects(template.spec?.args)) {
      const name = asText(argument.name) ?? '';
      if (!values.has(name)) values.set(name, asText(argument.value));
    }
  }
  for (const argument of asObjects(analysis.args)) {
    values.set(asText(argument.name) ?? '', argumentValue(argument, source));
  }
  for (const [name, value] of values) {
    if (value === undefined) throw new Error(`args.${name} was not resolved`);
  }
  let { name } = run;
  for (
    let collision = 1;
    context.store.get(analysisRuns, namespace, name);
    collision++
  ) {
    name = `${run.name}.${collision}`;
  }
  const listed = (field: 'dryRun' | 'measurementRetention') => {
    const entries = [
      ...templates.flatMap(template => asList(template.spec?.[field])),
      ...asList(analysis[field]),
    ];
    return entries.length ? { [field]: entries } : {};
  };
  const revision =
    source.owner.metadata.annotations?.['rollout.argoproj.io/revision'];
  return context.store.put(analysisRuns, {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisRun',
    metadata: {
      name,
      namespace,
      labels: run.labels,
      ...(revision
        ? { annotations: { 'rollout.argoproj.io/revision': revision } }
        : {}),
      ownerReferences: [ownedBy(source.owner)],
    },
    spec: {
      metrics: templates.flatMap(template => asObjects(template.spec?.metrics)),
      ...(values.size
        ? {
            args: [...values].map(([argument, value]) => ({
              name: argument,
              value,
            })),
          }
        : {}),
      ...listed('dryRun'),
      ...listed('measurementRetention'),
    },
  });
}

/** Ends runs that have not ended by themselves. */
export function cancelRuns(
  { store }: ControllerContext,
  runs: readonly (KubernetesObject | undefined)[],
): void {
  for (const run of runs) {
    const phase = asText(run?.status?.phase) ?? '';
    if (!run || completedPhases.has(phase) || run.spec?.terminate) continue;
    store.put(analysisRuns, { ...run, spec: { ...run.spec, terminate: true } });
  }
}

/** Runs that a Rollout owns. */
export function runsOf(
  context: ControllerContext,
  { rollout }: RolloutView,
): KubernetesObject[] {
  return ownedObjects(context, rollout, analysisRuns);
}

/** A run as the Rollout's status names it. */
export function runStatus(run: KubernetesObject): JsonObject {
  const message = asText(run.status?.message);
  return {
    name: run.metadata.name,
    status: asText(run.status?.phase) ?? 'Pending',
    ...(message ? { message } : {}),
  };
}

/** What arguments of a Rollout's analysis refer to. */
export function argumentsOf(view: RolloutView): AnalysisArguments {
  return {
    owner: view.rollout,
    latest: hashOf(view.newest),
    stable: hashOf(view.stable),
  };
}

/** Deletes the oldest ended runs beyond the limits (five each of successful and other ones by default). */
export function forgetRuns(
  context: ControllerContext,
  view: RolloutView,
  current: readonly (KubernetesObject | undefined)[],
): void {
  const limits = asObject(view.rollout.spec?.analysis);
  const ended = runsOf(context, view)
    .filter(
      run =>
        completedPhases.has(asText(run.status?.phase) ?? '') &&
        !current.includes(run),
    )
    .sort((left, right) =>
      (left.metadata.creationTimestamp ?? '') <
      (right.metadata.creationTimestamp ?? '')
        ? 1
        : -1,
    );
  for (const [successful, limit] of [
    [true, limits.successfulRunHistoryLimit],
    [false, limits.unsuccessfulRunHistoryLimit],
  ] as const) {
    ended
      .filter(run => (run.status?.phase === 'Successful') === successful)
      .slice(typeof limit === 'number' ? limit : 5)
      .forEach(({ metadata }) =>
        context.store.delete(analysisRuns, metadata.namespace, metadata.name),
      );
  }
}
