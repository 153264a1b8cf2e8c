import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Skeleton, Text } from '@backstage/ui';
import {
  ProblemPanel,
  useUrlParameter,
} from '@orrery/backstage-plugin-orrery-react';
import type { PageRange } from '../../hooks/useRange';
import { useTraces } from '../../hooks/useTraces';
import { useTraceSearch } from '../../hooks/useTraceSearch';
import type { TraceOrder } from '../../model/scatter';
import { telemetryTranslationRef } from '../../translation';
import styles from './Traces.module.css';
import { TraceScatter } from './TraceScatter';
import { TraceSearchForm } from './TraceSearchForm';
import { TraceTable } from './TraceTable';

const ORDERS: readonly TraceOrder[] = ['slowest', 'newest', 'errors', 'spans'];

/** @public */
export type TracesPanelProps = {
  cluster: string;
  namespace: string;
  app: string;
  page: PageRange;
  onOpen: (traceId: string) => void;
};

/** Traces of a service: searched, as a picture and as a table. */
export function TracesPanel(props: TracesPanelProps) {
  const { cluster, namespace, app, page, onOpen } = props;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const [search, setSearch] = useTraceSearch();
  const [orderText, setOrder] = useUrlParameter('order', 'slowest');
  const order = ORDERS.find(known => known === orderText) ?? 'slowest';
  const { value, loading, error, retry } = useTraces({
    cluster,
    namespace,
    app,
    ...page.range,
    ...search,
  });
  const traces = value?.traces ?? [];
  return (
    <div className={styles.panel} aria-busy={loading}>
      <TraceSearchForm
        cluster={cluster}
        service={`${app}.${namespace}`}
        search={search}
        onSearch={setSearch}
      />
      {error && <Alert status="danger" icon title={error.message} />}
      {value && <ProblemPanel {...value.provenance} onRetry={retry} />}
      {!value && !error && <Skeleton height={240} />}
      {traces.length > 0 && page.resolved && (
        <>
          <TraceScatter traces={traces} range={page.resolved} onOpen={onOpen} />
          <Text as="p" variant="body-small" color="secondary">
            {t(value?.isCut ? 'traces.cut' : 'traces.count', {
              number: String(traces.length),
            })}
          </Text>
          <TraceTable
            traces={traces}
            order={order}
            onOrder={setOrder}
            onOpen={onOpen}
          />
        </>
      )}
      {value &&
        traces.length === 0 &&
        value.provenance.sources.every(({ state }) => state === 'ok') && (
          <Text as="p">{t('traces.empty')}</Text>
        )}
    </div>
  );
}
