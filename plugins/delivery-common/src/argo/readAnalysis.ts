import type { CanaryAnalysis, CanaryMetric } from '../canary/schema';
import type { AnalysisRun } from './schema';

const STATES: Record<string, CanaryMetric['state']> = {
  Successful: 'passing',
  Failed: 'failing',
  Error: 'unknown',
  Inconclusive: 'inconclusive',
  Running: 'running',
  Pending: 'running',
};

const stateOf = (phase: string | undefined): CanaryMetric['state'] =>
  STATES[phase ?? ''] ?? 'unknown';

/** Only so many measurements are worth sending; the newest are. */
const KEPT_MEASUREMENTS = 100;

type Result = AnalysisRun['status']['metricResults'][number];

function sentenceOf(result: Result): string {
  const { count = 0, failed = 0, inconclusive = 0 } = result;
  const counts = `${count} measured, ${failed} failed${
    inconclusive > 0 ? `, ${inconclusive} inconclusive` : ''
  }`;
  return result.message ? `${result.message} (${counts})` : counts;
}

function measurementState(phase: string | undefined) {
  const state = stateOf(phase);
  return state === 'running' ? 'unknown' : state;
}

/** An AnalysisRun with its measurements, in the words of all engines. */
export function readAnalysisRun(run: AnalysisRun): CanaryAnalysis {
  const results = new Map(
    run.status.metricResults.map(result => [result.name, result]),
  );
  const metrics = run.spec.metrics.map((metric): CanaryMetric => {
    const result = results.get(metric.name);
    return {
      name: metric.name,
      state: result ? stateOf(result.phase) : 'running',
      sentence: result ? sentenceOf(result) : 'Not measured yet',
      query: metric.provider?.prometheus?.query,
      successCondition: metric.successCondition,
      failureCondition: metric.failureCondition,
      isDryRun: result?.dryRun,
      measurements: (result?.measurements ?? [])
        .slice(-KEPT_MEASUREMENTS)
        .map(measurement => ({
          at:
            measurement.finishedAt ??
            measurement.startedAt ??
            run.status.startedAt ??
            '',
          value: measurement.value ?? '',
          state: measurementState(measurement.phase),
          message: measurement.message,
        })),
    };
  });
  const state = stateOf(run.status.phase);
  const step = run.metadata.labels?.['step-index'];
  return {
    name: run.metadata.name,
    state,
    sentence: run.status.message ?? `Analysis is ${run.status.phase ?? 'new'}`,
    stepIndex: step === undefined ? undefined : Number(step),
    startedAt: run.status.startedAt ?? run.metadata.creationTimestamp,
    metrics,
  };
}
