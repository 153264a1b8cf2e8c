import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Link, Select, Skeleton } from '@backstage/ui';
import {
  ProblemPanel,
  useAsyncValue,
  useUrlParameter,
} from '@orrery/backstage-plugin-orrery-react';
import type { Dashboard } from '@orrery/backstage-plugin-telemetry-common';
import { useCallback } from 'react';
import { telemetryApiRef } from '../../api';
import type { PageRange } from '../../hooks/useRange';
import { telemetryTranslationRef } from '../../translation';
import styles from '../Metrics/Metrics.module.css';
import { PanelCard } from './PanelCard';

/** The theme of the page; parts of it may have another. */
function themeOfPage(): 'light' | 'dark' {
  const { body, documentElement } = document;
  return [body, documentElement].some(
    element => element.getAttribute('data-theme-mode') === 'dark',
  )
    ? 'dark'
    : 'light';
}

/** @public */
export type DashboardsPanelProps = {
  cluster: string;
  namespace: string;
  app: string;
  page: PageRange;
};

/** Grafana's dashboards of a service, and the panels of one. */
export function DashboardsPanel(props: DashboardsPanelProps) {
  const { cluster, namespace, app, page } = props;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const api = useApi(telemetryApiRef);
  const [chosen, setChosen] = useUrlParameter('dashboard', '');
  const ref = `${cluster}/${namespace}/service/${app}`;
  const { from, to } = page.range;
  const ask = useCallback(
    () => api.dashboards({ ref, from, to }),
    [api, ref, from, to],
  );
  const { value, error, retry } = useAsyncValue(ask);
  if (error) {
    return <Alert status="danger" icon title={error.message} />;
  }
  if (!value) {
    return <Skeleton height={240} />;
  }
  const keyOf = ({ grafana, uid }: Dashboard) => `${grafana}/${uid}`;
  const shown =
    value.dashboards.find(dashboard => keyOf(dashboard) === chosen) ??
    value.dashboards[0];
  return (
    <div className={styles.panel}>
      <ProblemPanel {...value.provenance} onRetry={retry} />
      {!shown && <p className={styles.empty}>{t('dashboards.none')}</p>}
      {shown && (
        <>
          <div className={styles.row}>
            <Select
              size="small"
              className={styles.choice}
              aria-label={t('dashboards.choose')}
              options={value.dashboards.map(dashboard => ({
                id: keyOf(dashboard),
                label: `${dashboard.title} (${dashboard.grafana})`,
              }))}
              value={keyOf(shown)}
              onChange={key => setChosen(String(key))}
            />
            <span className={styles.quiet}>
              {t('dashboards.foundBy', { reason: shown.foundBy })}
            </span>
            <Link href={shown.url} target="_blank" rel="noopener noreferrer">
              {t('dashboards.open')}
            </Link>
          </div>
          <Panels
            key={keyOf(shown)}
            dashboard={shown}
            serviceRef={ref}
            page={page}
          />
        </>
      )}
    </div>
  );
}

function Panels(props: {
  dashboard: Dashboard;
  serviceRef: string;
  page: PageRange;
}) {
  const { dashboard, serviceRef, page } = props;
  const api = useApi(telemetryApiRef);
  const request = JSON.stringify({
    ref: serviceRef,
    grafana: dashboard.grafana,
    uid: dashboard.uid,
    ...page.range,
    theme: themeOfPage(),
  });
  const ask = useCallback(
    () => api.panels(JSON.parse(request)),
    [api, request],
  );
  const { value, error } = useAsyncValue(ask);
  if (error) {
    return <Alert status="danger" icon title={error.message} />;
  }
  return value ? (
    <div className={styles.charts}>
      {value.panels.map(panel => (
        <PanelCard
          key={panel.id}
          panel={panel}
          request={{ ...JSON.parse(request), panelId: panel.id }}
          page={page}
        />
      ))}
    </div>
  ) : (
    <Skeleton height={240} />
  );
}
