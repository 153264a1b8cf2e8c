import { judgeCustom } from './judgeCustom';
import { judgeErrors } from './judgeErrors';
import { judgeLatency } from './judgeLatency';
import type { JudgedMetric, JudgedSide, JudgeLimits, Verdict } from './schema';
import { count } from './words';

/** @public */
export type JudgeInput = {
  stable: JudgedSide;
  canary: JudgedSide;
  limits: JudgeLimits;
  /**
   * Why data is missing, in words, when it is: such as `Prometheus does not
   * answer since 12:01`. A canary never goes on while there is any.
   */
  missing?: readonly string[];
};

function judgeAll({ stable, canary, limits }: JudgeInput): JudgedMetric[] {
  const {
    maximumErrorIncreasePoints,
    maximumP95IncreasePercent,
    custom,
    minimumRequests,
    plannedLooks,
  } = limits;
  const sides = { stable, canary };
  const options = {
    isEnough: (canary.requests ?? 0) >= minimumRequests,
    plannedLooks,
  };
  return [
    ...(maximumErrorIncreasePoints === undefined
      ? []
      : [judgeErrors(sides, maximumErrorIncreasePoints, options)]),
    ...(maximumP95IncreasePercent === undefined
      ? []
      : [judgeLatency(sides, maximumP95IncreasePercent, options)]),
    ...custom.flatMap(limit => judgeCustom(sides, limit, options)),
  ];
}

function decide(
  metrics: readonly JudgedMetric[],
  { canary, limits, missing = [] }: JudgeInput,
): Pick<Verdict, 'decision' | 'reason'> {
  const first = (state: JudgedMetric['state']) =>
    metrics.find(metric => metric.state === state)?.sentence;
  const failing = first('failing');
  if (failing !== undefined) {
    return { decision: 'abort', reason: failing };
  }
  const [hole = first('unknown')] = missing;
  if (hole !== undefined) {
    return { decision: 'hold', reason: hole };
  }
  const requests = canary.requests;
  if (requests === undefined) {
    return { decision: 'hold', reason: 'Requests to the canary are not known' };
  }
  if (requests < limits.minimumRequests) {
    return {
      decision: 'hold',
      reason: `${count(Math.floor(requests))} of ${count(
        limits.minimumRequests,
      )} requests`,
    };
  }
  const open = first('inconclusive');
  if (open !== undefined) {
    return { decision: 'hold', reason: `Not certain yet: ${open}` };
  }
  return {
    decision: 'go',
    reason:
      metrics.length === 0
        ? `${count(requests)} requests, and no limits to keep`
        : `Within all limits: ${metrics[0].sentence}`,
  };
}

/**
 * Compares a canary with stable over one step, and says what to do: `go` when
 * every metric is shown to be within its limit, `abort` when one is shown to
 * be beyond it, otherwise `hold`. What is missing holds, whatever the rest
 * says in favour; before the minimum of requests only a blatant failure
 * decides. It may be asked `plannedLooks` times in a step; see `chances.ts`
 * for what that does to its errors.
 *
 * @public
 */
export function judge(input: JudgeInput): Verdict {
  const metrics = judgeAll(input);
  const { stable, canary, limits } = input;
  return {
    ...decide(metrics, input),
    requests: {
      ...(stable.requests !== undefined && { stable: stable.requests }),
      ...(canary.requests !== undefined && { canary: canary.requests }),
      minimum: limits.minimumRequests,
    },
    metrics,
  };
}
