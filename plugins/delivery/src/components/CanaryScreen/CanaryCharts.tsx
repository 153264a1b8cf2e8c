import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody, Skeleton } from '@backstage/ui';
import type {
  Canary,
  CanaryHistory,
} from '@orrery/backstage-plugin-delivery-common';
import { ProblemPanel, useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import { useCanaryHistory } from '../../hooks/useCanaryFigures';
import { alignSeries } from '../../model/alignSeries';
import { deliveryTranslationRef } from '../../translation';
import styles from './CanaryCharts.module.css';
import { CompareChart } from './CompareChart';

const SECONDS = 1800;
/** Where nothing happens the scale ends here, not at a frightening 100 %. */
const FLOORS = { errorShare: 0.01, p95Milliseconds: 10, requestsPerSecond: 1 };
const FIGURES = ['errorShare', 'p95Milliseconds', 'requestsPerSecond'] as const;

/** Errors, latency and rate of both versions, with the steps marked. */
export function CanaryCharts(props: { canary: Canary }) {
  const { canary } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { value, error, retry } = useCanaryHistory(canary.ref, SECONDS);
  return (
    <Card>
      <CardBody>
        {error && (
          <ProblemPanel
            sources={[
              {
                name: t('charts.title'),
                state: 'failed',
                reason: error.message,
              },
            ]}
            warnings={[]}
            onRetry={retry}
          />
        )}
        {!value && !error && <Skeleton height={180} />}
        {value && (
          <>
            <ProblemPanel sources={value.sources} warnings={value.warnings} />
            <Charts canary={canary} history={value} />
          </>
        )}
      </CardBody>
    </Card>
  );
}

function Charts(props: { canary: Canary; history: CanaryHistory }) {
  const { canary, history } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const marks = useMemo(
    () =>
      canary.steps
        .filter(step => step.startedAt && step.weight !== undefined)
        .map(step => ({
          atMilliseconds: Date.parse(step.startedAt ?? ''),
          kind: 'canary' as const,
          title: step.title,
        })),
    [canary.steps],
  );
  const charts = useMemo(
    () =>
      FIGURES.flatMap(figure => {
        const series = history.series.find(item => item.figure === figure);
        return series ? [{ figure, series, ...alignSeries(series) }] : [];
      }),
    [history],
  );
  const writers = {
    errorShare: (value: number) => format.percent(value),
    p95Milliseconds: (value: number) => format.milliseconds(value),
    requestsPerSecond: (value: number) => format.rate(value),
  };
  return (
    <>
      <div className={styles.charts}>
        {charts.map(({ figure, times, stable, canary: other }) => (
          <CompareChart
            key={figure}
            title={t(`figure.${figure}`)}
            note={t('charts.last30')}
            timeMilliseconds={times}
            stable={stable}
            canary={other}
            marks={marks}
            labels={{
              stable: canary.stableVersion,
              canary: canary.canaryVersion ?? t('canary.canary'),
            }}
            floor={FLOORS[figure]}
            write={writers[figure]}
          />
        ))}
      </div>
      <details className={styles.queries}>
        <summary>{t('charts.queries')}</summary>
        {charts.map(({ figure, series }) => (
          <dl key={figure}>
            <dt>{t(`figure.${figure}`)}</dt>
            <dd>
              <code>{series.query.stable}</code>
            </dd>
            {series.query.canary && (
              <dd>
                <code>{series.query.canary}</code>
              </dd>
            )}
          </dl>
        ))}
      </details>
    </>
  );
}
