import type { Entity } from '@backstage/catalog-model';
import {
  CANARY_STEPS_ANNOTATION,
  readPlanSteps,
  type PlanStep,
} from '@orrery/backstage-plugin-delivery-common';

/** How new versions of a service usually get traffic, or why that cannot be read. */
export type UsualSteps =
  | { steps: PlanStep[]; problem?: undefined }
  | { steps?: undefined; problem: string };

/** What a component says of it; undefined where it says nothing. */
export function usualSteps({ metadata }: Entity): UsualSteps | undefined {
  const text = metadata.annotations?.[CANARY_STEPS_ANNOTATION];
  if (text === undefined) {
    return undefined;
  }
  try {
    return { steps: readPlanSteps(text) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
