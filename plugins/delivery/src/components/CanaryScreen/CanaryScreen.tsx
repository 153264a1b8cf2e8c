import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import { ProblemPanel } from '@orrery/backstage-plugin-orrery-react';
import type { Canary } from '@orrery/backstage-plugin-delivery-common';
import { useCanary } from '../../hooks/useCanary';
import { deliveryTranslationRef } from '../../translation';
import { CanaryCharts } from './CanaryCharts';
import { CanaryEvents } from './CanaryEvents';
import { CanaryFigures } from './CanaryFigures';
import { CanaryHead } from './CanaryHead';
import { CanaryLog } from './CanaryLog';
import { CanaryAnalyses } from './CanaryAnalyses';
import { CanaryPanel } from './CanaryPanel';
import styles from './CanaryScreen.module.css';

/** @public */
export type CanaryScreenProps = { canaryRef: string };

/** One canary: stable against canary, steps, verdict, charts, logs, and what can be done. */
export function CanaryScreen(props: CanaryScreenProps) {
  const { canaryRef } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { value, error, connection, retry } = useCanary(canaryRef);
  if (!value) {
    return error ? (
      <ProblemPanel
        sources={[{ name: canaryRef, state: 'failed', reason: error.message }]}
        warnings={[]}
        onRetry={retry}
      />
    ) : (
      <div role="status" aria-label={t('canary.loading')}>
        <Skeleton height={360} />
      </div>
    );
  }
  const { canary, sources, warnings } = value;
  return (
    <div className={styles.screen}>
      {(connection === 'broken' ||
        sources.some(({ state }) => state !== 'ok')) && (
        <ProblemPanel
          sources={[
            ...sources,
            ...(connection === 'broken'
              ? [
                  {
                    name: t('canary.connection'),
                    state: 'failed' as const,
                    reason: error?.message,
                  },
                ]
              : []),
          ]}
          warnings={warnings}
          onRetry={retry}
        />
      )}
      <div className={styles.columns}>
        <div className={styles.main}>
          <CanaryHead canary={canary} />
          <Compared canary={canary} />
          <CanaryAnalyses analyses={canary.analyses} />
        </div>
        <aside className={styles.side}>
          <CanaryPanel canary={canary} onChanged={retry} />
          <CanaryEvents events={canary.events} />
          {canary.canary && <CanaryLog canary={canary} />}
        </aside>
      </div>
    </div>
  );
}

function Compared(props: { canary: Canary }) {
  const { canary } = props;
  return (
    <>
      {canary.canary && <CanaryFigures canary={canary} />}
      <CanaryCharts canary={canary} />
    </>
  );
}
