import type { PlanStep } from '@orrery/backstage-plugin-delivery-common';

/** A way for new versions to get traffic. */
export type CanaryStrategy = { steps: PlanStep[] };

const weight = (percent: number): PlanStep => ({
  kind: 'weight',
  weight: percent,
});
const pause = (minutes: number): PlanStep => ({
  kind: 'pause',
  seconds: minutes * 60,
});

/** Strategies to choose from, by their names. */
export const CANARY_STRATEGIES = {
  none: [],
  careful: [
    weight(5),
    pause(10),
    { kind: 'analysis' },
    weight(25),
    pause(10),
    { kind: 'analysis' },
    weight(50),
    pause(10),
    { kind: 'analysis' },
  ],
  quick: [weight(20), pause(5), { kind: 'analysis' }, weight(50), pause(5)],
  watched: [weight(10), pause(10), { kind: 'analysis' }, { kind: 'approval' }],
} as const satisfies Record<string, readonly PlanStep[]>;

/** @public */
export type CanaryStrategyName = keyof typeof CANARY_STRATEGIES;

/** The name of a strategy; undefined for one that is none of them. */
export function strategyName(
  strategy: CanaryStrategy | undefined,
): CanaryStrategyName | undefined {
  const text = JSON.stringify(strategy?.steps ?? []);
  return (Object.keys(CANARY_STRATEGIES) as CanaryStrategyName[]).find(
    name => JSON.stringify(CANARY_STRATEGIES[name]) === text,
  );
}
