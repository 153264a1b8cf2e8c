import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Skeleton, Switch, Text } from '@backstage/ui';
import {
  ProblemPanel,
  useAsyncValue,
  useFormat,
  useTimeMarks,
  useUrlParameter,
} from '@orrery/backstage-plugin-orrery-react';
import {
  CHART_GROUPS,
  type ChartGroup,
} from '@orrery/backstage-plugin-telemetry-common';
import { useCallback } from 'react';
import { telemetryApiRef } from '../../api';
import type { PageRange } from '../../hooks/useRange';
import { telemetryTranslationRef } from '../../translation';
import { ServiceLevels } from '../ServiceLevels';
import { ChartCard } from './ChartCard';
import styles from './Metrics.module.css';

/** @public */
export type MetricsPanelProps = {
  cluster: string;
  namespace: string;
  app: string;
  page: PageRange;
};

/** Service levels and charts of a service, each group by itself. */
export function MetricsPanel(props: MetricsPanelProps) {
  const { cluster, namespace, app, page } = props;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const [compare, setCompare] = useUrlParameter('compare', '');
  const serviceRef = `${cluster}/${namespace}/service/${app}`;
  return (
    <div className={styles.panel}>
      <Switch
        label={t('metrics.compare')}
        isSelected={compare === 'previous'}
        onChange={isSelected => setCompare(isSelected ? 'previous' : '')}
      />
      <ServiceLevels serviceRef={serviceRef} />
      {CHART_GROUPS.map(group => (
        <ChartsGroup
          key={group}
          group={group}
          serviceRef={serviceRef}
          cluster={cluster}
          namespace={namespace}
          page={page}
          compare={compare === 'previous'}
        />
      ))}
    </div>
  );
}

function ChartsGroup(props: {
  group: ChartGroup;
  serviceRef: string;
  cluster: string;
  namespace: string;
  page: PageRange;
  compare: boolean;
}) {
  const { group, serviceRef, cluster, namespace, page, compare } = props;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const format = useFormat();
  const api = useApi(telemetryApiRef);
  const { from, to } = page.range;
  const ask = useCallback(
    () => api.charts({ ref: serviceRef, from, to, compare, group }),
    [api, serviceRef, from, to, compare, group],
  );
  const { value, error, loading, retry } = useAsyncValue(ask);
  const { value: marks } = useTimeMarks({
    fromMilliseconds: value?.fromMilliseconds ?? 0,
    toMilliseconds: value?.toMilliseconds ?? 0,
    cluster,
    namespaces: [namespace],
  });
  const isEmpty = value?.charts.every(chart => chart.series.length === 0);
  const title = t(`metrics.group.${group}`);
  return (
    <section className={styles.panel} aria-label={title} aria-busy={loading}>
      <h2 className={styles.title}>{title}</h2>
      {error && <Alert status="danger" icon title={error.message} />}
      {!value && !error && <Skeleton height={180} />}
      {value && <ProblemPanel {...value.provenance} onRetry={retry} />}
      {value && (
        <Text as="p" variant="body-small" color="secondary">
          {t('metrics.about', {
            storage: value.storage,
            step: `${value.stepSeconds} s`,
          })}
          {value.previousFromMilliseconds !== undefined &&
            ` ${t('metrics.comparedWith', {
              from: format.instant(value.previousFromMilliseconds),
            })}`}
        </Text>
      )}
      {value && isEmpty && group === 'runtime' ? (
        <p className={styles.empty}>{t('metrics.noRuntime')}</p>
      ) : (
        <div className={styles.charts}>
          {value?.charts
            // Of runtimes, a service has one.
            .filter(chart => group !== 'runtime' || chart.series.length > 0)
            .map(chart => (
              <ChartCard
                key={chart.id}
                title={t(
                  `metrics.chart.${chart.id}` as 'metrics.chart.red.rate',
                )}
                chart={chart}
                grid={value}
                marks={marks?.marks}
                onSelectRange={page.setRange}
              />
            ))}
        </div>
      )}
    </section>
  );
}
