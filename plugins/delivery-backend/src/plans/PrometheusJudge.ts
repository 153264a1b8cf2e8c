import {
  judge,
  minimumRequestsFor,
  targetOf,
  type CanaryPlan,
  type CanaryVerdict,
  type JudgedMetric,
  type JudgedSide,
  type MeasuredMetric,
} from '@orrery/backstage-plugin-delivery-common';
import type { PrometheusClient } from '@orrery/backstage-plugin-orrery-node';
import type { CanaryTelemetry } from '../telemetry/CanaryTelemetry';
import type { PlanJudge } from './PlanDriver';
import type { PlanRecord } from './PlanStore';

/** Two scrapes at the usual distance; `increase` needs them. */
const SHORTEST_WINDOW_SECONDS = 30;
/** Looks that are planned for where a step has no end of its own. */
const LOOKS_OF_OPEN_STEPS = 240;
const MOST_LOOKS = 1000;
/** Points of an own metric over a step; enough for a mean and its spread. */
const OWN_POINTS = 30;

type Own = CanaryPlan['analysis'] & object;

/** Lets our own judge decide on what Prometheus says happened since a step began. */
export class PrometheusJudge implements PlanJudge {
  readonly #telemetry: CanaryTelemetry;
  readonly #now: () => Date;

  constructor(options: { telemetry: CanaryTelemetry; now?: () => Date }) {
    this.#telemetry = options.telemetry;
    this.#now = options.now ?? (() => new Date());
  }

  async look(
    record: PlanRecord,
  ): Promise<{ verdict: CanaryVerdict; measured: MeasuredMetric[] }> {
    const { plan, state, context, cluster, namespace, workload } = record;
    const { analysis } = plan;
    const now = this.#now();
    if (!analysis) {
      return {
        verdict: verdictOf('go', 'Nothing to judge', now),
        measured: [],
      };
    }
    const seconds = Math.max(
      SHORTEST_WINDOW_SECONDS,
      Math.floor(
        (now.getTime() - Date.parse(state.routedSince ?? state.stepSince)) /
          1000,
      ),
    );
    const sides = {
      namespace,
      stable: { workload },
      canary: { workload: context.canaryWorkload },
    };
    const [reading, own] = await Promise.all([
      this.#telemetry.sides(cluster, sides, seconds, now),
      this.#ownMetrics(record, analysis, seconds, now),
    ]);
    const { decision, reason, metrics } = judge({
      stable: { ...reading.stable, custom: own.stable },
      canary: { ...reading.canary, custom: own.canary },
      limits: {
        maximumErrorIncreasePoints: analysis.maximumErrorIncreasePoints,
        maximumP95IncreasePercent: analysis.maximumP95IncreasePercent,
        custom: analysis.metrics,
        minimumRequests: minimumOf(record, reading.stable),
        plannedLooks: plannedLooks(record),
      },
      missing: [...reading.missing, ...own.missing],
    });
    return {
      verdict: verdictOf(decision, reason, now),
      measured: metrics.map(measuredOf),
    };
  }

  async #ownMetrics(
    { cluster, namespace, workload, context }: PlanRecord,
    { metrics }: Own,
    seconds: number,
    now: Date,
  ) {
    const values = {
      stable: {} as Record<string, number[]>,
      canary: {} as Record<string, number[]>,
    };
    const missing: string[] = [];
    const client = this.#telemetry.clientOf(cluster);
    const names = { stable: workload, canary: context.canaryWorkload };
    await Promise.all(
      metrics.flatMap(({ name, query }) =>
        (['stable', 'canary'] as const).map(async side => {
          const expression = query
            .replaceAll('{{workload}}', names[side])
            .replaceAll('{{namespace}}', namespace)
            .replaceAll('{{window}}', `${SHORTEST_WINDOW_SECONDS}s`);
          const outcome = await valuesOf(client, expression, seconds, now);
          if (typeof outcome === 'string') {
            missing.push(`${name}: ${outcome}`);
          } else {
            values[side][name] = outcome;
          }
        }),
      ),
    );
    return { ...values, missing: [...new Set(missing)] };
  }
}

/** Values of an own metric over the step, or why there are none. */
async function valuesOf(
  client: PrometheusClient | undefined,
  expression: string,
  seconds: number,
  now: Date,
): Promise<number[] | string> {
  if (!client) {
    return 'no Prometheus is configured';
  }
  try {
    const series = await client.queryRange(expression, {
      fromMilliseconds: now.getTime() - seconds * 1000,
      toMilliseconds: now.getTime(),
      stepSeconds: Math.max(5, Math.ceil(seconds / OWN_POINTS)),
    });
    if (series.length > 1) {
      return `the query answers ${series.length} series, one is wanted: aggregate it`;
    }
    return (series[0]?.points ?? [])
      .map(({ value }) => value)
      .filter(value => Number.isFinite(value));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function verdictOf(
  state: CanaryVerdict['state'],
  sentence: string,
  now: Date,
): CanaryVerdict {
  return { state, sentence, at: now.toISOString() };
}

function minimumOf({ plan, state }: PlanRecord, stable: JudgedSide): number {
  const { analysis } = plan;
  if (analysis?.minimumRequests !== undefined) {
    return analysis.minimumRequests;
  }
  const { requests = 0, failures = 0 } = stable;
  const routes = targetOf(plan, state)?.routes;
  const weight = routes && routes !== 'original' ? routes.weight : 0;
  return minimumRequestsFor({
    baselineErrorShare: requests > 0 ? Math.min(0.99, failures / requests) : 0,
    maximumErrorIncreasePoints: analysis?.maximumErrorIncreasePoints,
    maximumP95IncreasePercent: analysis?.maximumP95IncreasePercent,
    // By header alone nobody knows the share; equal shares need the fewest.
    weightPercent: weight > 0 && weight < 100 ? weight : 50,
    plannedLooks: plannedLooks({ plan, state }),
  });
}

/** Looks that fit into the step; a longer wait is looked at as often, but not more strictly. */
function plannedLooks({
  plan,
  state,
}: Pick<PlanRecord, 'plan' | 'state'>): number {
  const step = plan.steps[state.stepIndex];
  const interval = plan.analysis?.intervalSeconds ?? 30;
  const looks =
    step?.kind === 'pause'
      ? Math.ceil(step.seconds / interval)
      : LOOKS_OF_OPEN_STEPS;
  return Math.min(MOST_LOOKS, Math.max(20, looks));
}

function measuredOf(metric: JudgedMetric): MeasuredMetric {
  const { name, state, sentence, canary, unit } = metric;
  const units = { percent: ' %', milliseconds: ' ms', own: '' };
  return {
    name,
    state,
    sentence,
    value:
      canary === undefined
        ? 'unknown'
        : `${Number(canary.toPrecision(4))}${units[unit]}`,
  };
}
