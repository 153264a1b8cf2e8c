import { timestamp } from '../../storage/timestamp';
import type { KubernetesObject, ObjectChange } from '../../store';
import {
  asNumber,
  asObject,
  asObjects,
  asText,
  isObject,
  type JsonObject,
} from '../../values';
import type {
  Controller,
  ControllerContext,
  Enqueue,
  MetricAnswer,
} from '../context';
import { keyOf, splitKey } from '../context';
import { completedPhases } from '../rollout/analysis';
import { goDuration } from '../rollout/go-duration';
import { assessMetric, beyondLimit, effectiveCount, isWorse } from './assess';
import { failedMeasurement, measured, queryOf } from './measure';

const resource = 'analysisruns.argoproj.io';
const component = 'rollouts-controller';

/** Measurements of one metric that are kept, unless the run says otherwise. */
const keptMeasurements = 10;

/** Distance to the next attempt after an error, milliseconds. */
const errorRetry = 10_000;

function resolve(value: unknown, args: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    return value.replace(
      /\{\{\s*args\.([\w.-]+)\s*\}\}/g,
      (whole, name: string) => args.get(name) ?? whole,
    );
  }
  if (Array.isArray(value)) return value.map(entry => resolve(entry, args));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, resolve(entry, args)]),
  );
}

/** The metrics of a run with its arguments filled in. */
function metricsOf(run: KubernetesObject): JsonObject[] {
  const args = new Map(
    asObjects(run.spec?.args).map(({ name, value }) => [
      String(name),
      String(value),
    ]),
  );
  return asObjects(run.spec?.metrics).map(metric =>
    asObject(resolve(metric, args)),
  );
}

/** Metrics whose verdict does not count, by name. */
function dryMetrics(run: KubernetesObject): (name: string) => boolean {
  const patterns = asObjects(run.spec?.dryRun).map(
    ({ metricName }) => new RegExp(`^(?:${metricName})$`),
  );
  return name => patterns.some(pattern => pattern.test(name));
}

interface Pending {
  startedAt: string;
  metric: JsonObject;
  answer?: MetricAnswer;
  error?: unknown;
  done: boolean;
}

function counted(
  metric: JsonObject,
  before: JsonObject | undefined,
  measurement: JsonObject,
  retention: number,
): JsonObject {
  const phase = String(measurement.phase);
  const count = (field: string) => asNumber(before?.[field]) ?? 0;
  const plus = (field: string, on: boolean) => count(field) + (on ? 1 : 0);
  const counts = {
    count: plus('count', phase !== 'Error'),
    successful: plus('successful', phase === 'Successful'),
    failed: plus('failed', phase === 'Failed'),
    inconclusive: plus('inconclusive', phase === 'Inconclusive'),
    error: plus('error', phase === 'Error'),
    consecutiveError: phase === 'Error' ? count('consecutiveError') + 1 : 0,
    consecutiveSuccess:
      phase === 'Successful' ? count('consecutiveSuccess') + 1 : 0,
  };
  return {
    name: metric.name,
    phase: 'Running',
    ...(before?.dryRun ? { dryRun: true } : {}),
    ...Object.fromEntries(Object.entries(counts).filter(([, value]) => value)),
    measurements: [...asObjects(before?.measurements), measurement].slice(
      -retention,
    ),
    metadata: {
      ResolvedPrometheusQuery: asText(
        asObject(asObject(metric.provider).prometheus).query,
      ),
    },
  };
}

/** Whether a metric that counts has gone beyond a limit: then the others need not go on. */
function hasFailed(
  run: KubernetesObject,
  metrics: readonly JsonObject[],
  results: ReadonlyMap<string, JsonObject>,
): boolean {
  const isDry = dryMetrics(run);
  return metrics.some(metric => {
    const result = results.get(String(metric.name));
    return (
      result !== undefined &&
      !isDry(String(metric.name)) &&
      beyondLimit(metric, result) !== undefined
    );
  });
}

/** Measures what AnalysisRuns ask for and judges it. Queries are answered later, never waited for. */
export class AnalysisRunController implements Controller {
  readonly name = 'analysisrun-controller';
  readonly #context: ControllerContext;
  readonly #pending = new Map<string, Map<string, Pending>>();

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  observe({ type, resource: changed, object }: ObjectChange, enqueue: Enqueue) {
    if (changed !== resource) return;
    if (type === 'DELETED') this.#pending.delete(keyOf(object));
    else enqueue(keyOf(object));
  }

  sync(key: string, enqueue: Enqueue): void {
    const { store, clock } = this.#context;
    const [namespace, name] = splitKey(key);
    const run = store.get(resource, namespace, name);
    const phase = asText(run?.status?.phase) ?? '';
    if (!run || completedPhases.has(phase)) {
      this.#pending.delete(key);
      return;
    }
    const now = clock.now();
    const startedAt = asText(run.status?.startedAt) ?? timestamp(now);
    const metrics = metricsOf(run);
    const results = this.#collect(key, run, metrics, now);
    const terminating =
      run.spec?.terminate === true || hasFailed(run, metrics, results);
    const status = this.#assess(run, metrics, results, terminating);
    if (!completedPhases.has(String(status.phase))) {
      this.#take(key, metrics, results, Date.parse(startedAt), enqueue);
    }
    store.putStatus(resource, namespace, name, {
      ...status,
      startedAt,
      ...(completedPhases.has(String(status.phase))
        ? { completedAt: timestamp(now) }
        : {}),
    });
  }

  /** Results so far, with the measurements that have come in. */
  #collect(
    key: string,
    run: KubernetesObject,
    metrics: readonly JsonObject[],
    now: number,
  ): Map<string, JsonObject> {
    const isDry = dryMetrics(run);
    const results = new Map(
      asObjects(run.status?.metricResults).map(result => [
        String(result.name),
        result,
      ]),
    );
    const pending = this.#pending.get(key);
    for (const metric of metrics) {
      const name = String(metric.name);
      const taken = pending?.get(name);
      if (!taken?.done) continue;
      pending?.delete(name);
      const end = timestamp(now);
      const measurement = taken.answer
        ? measured(metric, taken.answer, taken.startedAt, end)
        : failedMeasurement(taken.error, taken.startedAt, end);
      const retention = asObjects(run.spec?.measurementRetention).find(entry =>
        new RegExp(`^(?:${entry.metricName})$`).test(name),
      );
      const before = results.get(name) ?? (isDry(name) ? { dryRun: true } : {});
      results.set(
        name,
        counted(
          metric,
          before,
          measurement,
          asNumber(retention?.limit) ?? keptMeasurements,
        ),
      );
    }
    return results;
  }

  #assess(
    run: KubernetesObject,
    metrics: readonly JsonObject[],
    results: ReadonlyMap<string, JsonObject>,
    terminating: boolean,
  ): JsonObject {
    const isDry = dryMetrics(run);
    let worst: string | undefined;
    let message = run.spec?.terminate === true ? 'Run Terminated' : '';
    let complete = true;
    const summary = { plain: { count: 0 }, dry: { count: 0 } } as Record<
      'plain' | 'dry',
      Record<string, number>
    >;
    const metricResults: JsonObject[] = [];
    for (const metric of metrics) {
      const name = String(metric.name);
      const kind = isDry(name) ? 'dry' : 'plain';
      summary[kind].count++;
      const result = results.get(name);
      if (!result) {
        complete = false;
        continue;
      }
      const known = asText(result.phase) ?? '';
      const phase = completedPhases.has(known)
        ? known
        : assessMetric(metric, result, terminating);
      const last = asObjects(result.measurements).at(-1);
      const text = asText(last?.message);
      metricResults.push({
        ...result,
        phase,
        ...(text ? { message: text } : {}),
      });
      if (!completedPhases.has(phase)) {
        complete = false;
        continue;
      }
      if (known !== phase) this.#announceMetric(run, name, phase);
      const field = phase.toLowerCase();
      summary[kind][field] = (summary[kind][field] ?? 0) + 1;
      if (kind === 'dry') {
        worst ??= 'Successful';
      } else if (isWorse(phase, worst)) {
        worst = phase;
        const beyond = beyondLimit(metric, result);
        if (beyond) {
          message = `Metric "${name}" assessed ${phase} due to ${
            beyond.message
          }${text ? `: "Error Message: ${text}"` : ''}`;
        }
      }
    }
    const ended = terminating || (complete && worst !== undefined);
    const phase = ended ? worst ?? 'Successful' : 'Running';
    if (ended) this.#announceRun(run, phase);
    return {
      phase,
      ...(ended && message ? { message } : {}),
      ...(metricResults.length ? { metricResults } : {}),
      runSummary: summary.plain,
      dryRunSummary: summary.dry,
    };
  }

  /** Starts the measurements that are due and notes when the next ones are. */
  #take(
    key: string,
    metrics: readonly JsonObject[],
    results: ReadonlyMap<string, JsonObject>,
    startedAt: number,
    enqueue: Enqueue,
  ): void {
    const now = this.#context.clock.now();
    for (const metric of metrics) {
      const name = String(metric.name);
      const result = results.get(name);
      if (this.#pending.get(key)?.has(name)) continue;
      if (completedPhases.has(asText(result?.phase) ?? '')) continue;
      if (result && assessMetric(metric, result, false) !== 'Running') continue;
      const count = effectiveCount(metric);
      if (count !== undefined && (asNumber(result?.count) ?? 0) >= count) {
        continue;
      }
      const last = asObjects(result?.measurements).at(-1);
      const due = last
        ? Date.parse(asText(last.finishedAt) ?? '') +
          (last.phase === 'Error'
            ? errorRetry
            : goDuration(metric.interval) ?? errorRetry)
        : startedAt + (goDuration(metric.initialDelay) ?? 0);
      if (now >= due) this.#start(key, name, metric, enqueue);
      else enqueue(key, due);
    }
  }

  #start(
    key: string,
    name: string,
    metric: JsonObject,
    enqueue: Enqueue,
  ): void {
    const { clock, hooks } = this.#context;
    const pending: Pending = {
      startedAt: timestamp(clock.now()),
      metric,
      done: false,
    };
    const all = this.#pending.get(key) ?? new Map<string, Pending>();
    this.#pending.set(key, all.set(name, pending));
    const settle = (found: Pick<Pending, 'answer' | 'error'>) => {
      Object.assign(pending, found, { done: true });
      enqueue(key);
    };
    const answer = new Promise<MetricAnswer>((yes, no) => {
      if (hooks.queryMetrics) hooks.queryMetrics(queryOf(metric)).then(yes, no);
      else no(new Error('no metric provider answers'));
    });
    answer.then(
      found => settle({ answer: found }),
      error => settle({ error }),
    );
  }

  #announceMetric(run: KubernetesObject, name: string, phase: string): void {
    this.#context.events.record(
      run,
      phase === 'Failed' || phase === 'Error' ? 'Warning' : 'Normal',
      `Metric${phase}`,
      `Metric '${name}' Completed. Result: ${phase}`,
      component,
    );
  }

  #announceRun(run: KubernetesObject, phase: string): void {
    this.#context.events.record(
      run,
      phase === 'Failed' || phase === 'Error' ? 'Warning' : 'Normal',
      `AnalysisRun${phase}`,
      `Analysis Completed. Result: ${phase}`,
      component,
    );
  }
}
