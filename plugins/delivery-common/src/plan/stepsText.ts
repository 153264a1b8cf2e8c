import {
  InvalidValueError,
  parseDuration,
  parseWith,
} from '@orrery/backstage-plugin-orrery-common';
import { planStepSchema, type PlanStep } from './schema';

/**
 * Annotation of a component that says how its new versions usually get
 * traffic, as {@link readPlanSteps} reads it. It is where the form of a canary
 * begins; nothing is started by it.
 *
 * @public
 */
export const CANARY_STEPS_ANNOTATION = 'orrery.dev/canary-steps';

const FIELD = CANARY_STEPS_ANNOTATION;

function readStep(text: string): PlanStep {
  if (text === 'approval' || text === 'analysis') {
    return { kind: text };
  }
  const [, mirror, percent] = /^(mirror )?(\d{1,3})%$/.exec(text) ?? [];
  if (percent !== undefined) {
    const share = Number(percent);
    return parseWith(
      planStepSchema,
      mirror
        ? { kind: 'mirror', percent: share }
        : { kind: 'weight', weight: share },
      FIELD,
    );
  }
  if (/^\d+[smhd]$/.test(text)) {
    return parseWith(
      planStepSchema,
      { kind: 'pause', seconds: parseDuration(text, FIELD) },
      FIELD,
    );
  }
  throw new InvalidValueError(
    FIELD,
    'steps such as 5%, 10m, mirror 10%, analysis, approval',
    text,
  );
}

/**
 * Reads steps such as `5%, 10m, analysis, 25%, approval`: shares of requests,
 * pauses, looks of the judge, and waiting for a person.
 *
 * @throws InvalidValueError that names what cannot be read
 * @public
 */
export function readPlanSteps(text: string): PlanStep[] {
  const steps = text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
  if (steps.length === 0) {
    throw new InvalidValueError(FIELD, 'at least one step, such as 5%', text);
  }
  return steps.map(readStep);
}
