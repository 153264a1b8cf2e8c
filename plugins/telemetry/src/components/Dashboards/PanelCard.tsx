import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Link, Select, Skeleton } from '@backstage/ui';
import { useAsyncValue } from '@orrery/backstage-plugin-orrery-react';
import type { DashboardPanel } from '@orrery/backstage-plugin-telemetry-common';
import { useCallback, useEffect, useState } from 'react';
import { telemetryApiRef, type PanelRequest } from '../../api';
import type { PageRange } from '../../hooks/useRange';
import { telemetryTranslationRef } from '../../translation';
import { ChartCard } from '../Metrics';
import styles from '../Metrics/Metrics.module.css';

type Showing = DashboardPanel['showing'][number];

/** What is tried first: the panel itself, then its own query, then a picture of it. */
const PREFERRED: readonly Showing[] = ['embed', 'drawn', 'image', 'link'];

/** A panel in the best way that there is, and why not in a better one. */
export function PanelCard(props: {
  panel: DashboardPanel;
  request: PanelRequest;
  page: PageRange;
}) {
  const { panel, request, page } = props;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const best =
    PREFERRED.find(showing => panel.showing.includes(showing)) ?? 'link';
  const [chosen, setChosen] = useState<Showing>();
  const showing = chosen ?? best;
  return (
    <article className={styles.chart} aria-label={panel.title}>
      <div className={styles.row}>
        <strong title={panel.description}>{panel.title}</strong>
        <Select
          size="small"
          aria-label={t('dashboards.showing')}
          options={PREFERRED.filter(
            each => each !== 'link' && panel.showing.includes(each),
          ).map(id => ({
            id,
            label: t(`dashboards.as.${id}`),
          }))}
          value={showing}
          onChange={key =>
            setChosen(PREFERRED.find(each => each === String(key)))
          }
        />
      </div>
      {panel.reason && <p className={styles.quiet}>{panel.reason}</p>}
      {showing === 'embed' && panel.embedUrl && (
        <iframe
          className={styles.frame}
          title={panel.title}
          src={panel.embedUrl}
          loading="lazy"
          referrerPolicy="no-referrer"
          // Grafana needs its own origin for its session; it must not reach ours.
          sandbox="allow-scripts allow-same-origin"
        />
      )}
      {showing === 'drawn' && (
        <Drawing request={request} page={page} title={panel.title} />
      )}
      {showing === 'image' && <Picture request={request} title={panel.title} />}
      <Link href={panel.url} target="_blank" rel="noopener noreferrer">
        {t('dashboards.open')}
      </Link>
    </article>
  );
}

function Drawing(props: {
  request: PanelRequest;
  page: PageRange;
  title: string;
}) {
  const { request, page, title } = props;
  const api = useApi(telemetryApiRef);
  const key = JSON.stringify(request);
  const ask = useCallback(() => api.drawing(JSON.parse(key)), [api, key]);
  const { value, error } = useAsyncValue(ask);
  if (error) {
    return <Alert status="danger" icon title={error.message} />;
  }
  if (!value || !page.resolved) {
    return <Skeleton height={150} />;
  }
  const step = value.stepSeconds * 1000;
  const { fromMilliseconds, toMilliseconds } = page.resolved;
  return (
    <ChartCard
      title={title}
      chart={value.chart}
      grid={{
        fromMilliseconds: Math.floor(fromMilliseconds / step) * step,
        toMilliseconds: Math.floor(toMilliseconds / step) * step,
        stepSeconds: value.stepSeconds,
      }}
      onSelectRange={page.setRange}
    />
  );
}

function Picture(props: { request: PanelRequest; title: string }) {
  const { request, title } = props;
  const api = useApi(telemetryApiRef);
  const key = JSON.stringify(request);
  const ask = useCallback(() => api.image(JSON.parse(key)), [api, key]);
  const { value, error } = useAsyncValue(ask);
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!value) {
      return undefined;
    }
    const url = URL.createObjectURL(value);
    setAddress(url);
    return () => URL.revokeObjectURL(url);
  }, [value]);
  if (error) {
    return <Alert status="warning" icon title={error.message} />;
  }
  return address ? (
    <img className={styles.image} src={address} alt={title} />
  ) : (
    <Skeleton height={150} />
  );
}
