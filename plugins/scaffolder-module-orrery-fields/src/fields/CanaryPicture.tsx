import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PlanStep } from '@orrery/backstage-plugin-delivery-common';
import { templateFieldsTranslationRef } from '../translation';

const WIDTH = 56;
const HEIGHT = 64;
const GAP = 4;

type Bar = { weight: number; label: string };

/** Steps as bars: how much of the requests a new version gets, and what it waits for. */
export function CanaryPicture({ steps }: { steps: readonly PlanStep[] }) {
  const { t } = useTranslationRef(templateFieldsTranslationRef);
  let weight = 0;
  const bars = steps.flatMap((step): Bar[] => {
    if (step.kind === 'weight') {
      weight = step.weight;
      return [
        { weight, label: t('canary.weight', { weight: String(weight) }) },
      ];
    }
    if (step.kind === 'pause') {
      const minutes = String(Math.round(step.seconds / 60));
      return [{ weight, label: t('canary.pause', { minutes }) }];
    }
    return step.kind === 'approval'
      ? [{ weight, label: t('canary.approval') }]
      : [];
  });
  const all = [...bars, { weight: 100, label: t('canary.live') }];
  return (
    <svg
      role="img"
      aria-label={`${t('canary.picture')}: ${all
        .map(({ label }) => label)
        .join(', ')}`}
      viewBox={`0 0 ${all.length * (WIDTH + GAP)} ${HEIGHT + 18}`}
      style={{ maxWidth: all.length * (WIDTH + GAP), width: '100%' }}
    >
      {all.map((bar, index) => {
        const height = Math.max((bar.weight / 100) * HEIGHT, 2);
        const x = index * (WIDTH + GAP);
        return (
          <g key={`${index}-${bar.label}`}>
            <rect
              x={x}
              y={0}
              width={WIDTH}
              height={HEIGHT}
              fill="var(--bui-bg-neutral-2)"
            />
            <rect
              x={x}
              y={HEIGHT - height}
              width={WIDTH}
              height={height}
              fill="var(--bui-positive-fg-subdued)"
            />
            <text
              x={x + WIDTH / 2}
              y={HEIGHT + 13}
              textAnchor="middle"
              fontSize={11}
              fill="var(--bui-fg-secondary)"
            >
              {bar.label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
