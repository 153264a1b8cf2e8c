import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { CanaryPlan } from './schema';

/**
 * Refuses plans that cannot be carried out or would never end: without a
 * weight, header or mirror nothing is tried; falling weights undo what was
 * shown to work; waits longer than the deadline are never over; an analysis
 * step needs something to analyse.
 *
 * @throws InvalidValueError naming the step
 * @public
 */
export function checkPlan(plan: CanaryPlan): void {
  let weight = 0;
  let seconds = 0;
  plan.steps.forEach((step, index) => {
    const field = `steps[${index}]`;
    if (step.kind === 'weight') {
      if (step.weight < weight) {
        throw new InvalidValueError(
          `${field}.weight`,
          `at least ${weight}, the weight before it: abort is the way back`,
          step.weight,
        );
      }
      if (step.weight === 100 && plan.analysis) {
        throw new InvalidValueError(
          `${field}.weight`,
          'at most 99 in a plan with an analysis: without requests to the stable version there is nothing to compare with (all of it comes with the promotion)',
          step.weight,
        );
      }
      weight = step.weight;
    } else if (step.kind === 'pause') {
      seconds += step.seconds;
    } else if (step.kind === 'analysis' && !plan.analysis) {
      throw new InvalidValueError(
        field,
        'a pause or an approval, or a plan with an analysis',
        'analysis',
      );
    }
  });
  plan.analysis?.metrics.forEach((metric, index) => {
    const { maximum, minimum, maximumIncreasePercent } = metric;
    if (
      [maximum, minimum, maximumIncreasePercent].every(
        limit => limit === undefined,
      )
    ) {
      throw new InvalidValueError(
        `analysis.metrics[${index}]`,
        'maximum, minimum or maximumIncreasePercent',
        metric.name,
      );
    }
  });
  if (!plan.steps.some(isTrial)) {
    throw new InvalidValueError(
      'steps',
      'at least one step that sends requests to the canary (weight above 0, header or mirror)',
      plan.steps.map(({ kind }) => kind).join(', '),
    );
  }
  if (seconds + plan.readySeconds > plan.deadlineSeconds) {
    throw new InvalidValueError(
      'deadlineSeconds',
      `at least ${
        seconds + plan.readySeconds
      }, the sum of all pauses and of readySeconds: the plan could never end otherwise`,
      plan.deadlineSeconds,
    );
  }
}

function isTrial(step: CanaryPlan['steps'][number]): boolean {
  switch (step.kind) {
    case 'weight':
      return step.weight > 0;
    case 'mirror':
      return step.percent > 0;
    case 'header':
      return Object.keys(step.headers).length > 0;
    default:
      return false;
  }
}
