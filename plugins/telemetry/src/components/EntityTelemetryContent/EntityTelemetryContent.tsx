import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Skeleton, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import {
  bindEntity,
  type Binding,
} from '@orrery/backstage-plugin-orrery-common';
import {
  useScope,
  useUrlParameter,
} from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import { useRange } from '../../hooks/useRange';
import { telemetryTranslationRef } from '../../translation';
import { DashboardsPanel } from '../Dashboards';
import { MetricsPanel } from '../Metrics';
import { RangePicker } from '../RangePicker';
import { TracesPanel } from '../Traces';
import { TraceView } from '../TraceView';
import styles from '../TracesPage/TracesPage.module.css';

/** Metrics, dashboards and traces of a service. */
export function EntityTelemetryContent() {
  const { entity } = useEntity();
  const binding = useMemo(() => bindEntity(entity), [entity]);
  return binding ? <BoundTelemetry binding={binding} /> : null;
}

function BoundTelemetry(props: { binding: Binding }) {
  const { binding } = props;
  const { namespace, app } = binding;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const scope = useScope();
  const [tab, setTab] = useUrlParameter('view', 'metrics');
  const [trace, setTrace] = useUrlParameter('trace', '');
  const page = useRange('now-1h');
  const cluster =
    binding.cluster ??
    scope.value?.clusters.find(({ namespaces }) =>
      namespaces.some(({ name }) => name === namespace),
    )?.name ??
    scope.value?.clusters[0]?.name;
  if (!cluster) {
    return <Skeleton height={240} />;
  }
  const service = { cluster, namespace, app };
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <RangePicker page={page} />
      </div>
      <Tabs selectedKey={tab} onSelectionChange={key => setTab(String(key))}>
        <TabList>
          <Tab id="metrics">{t('page.metrics')}</Tab>
          <Tab id="dashboards">{t('page.dashboards')}</Tab>
          <Tab id="traces">{t('page.traces')}</Tab>
        </TabList>
        <TabPanel id="metrics">
          <MetricsPanel {...service} page={page} />
        </TabPanel>
        <TabPanel id="dashboards">
          <DashboardsPanel {...service} page={page} />
        </TabPanel>
        <TabPanel id="traces">
          {trace ? (
            <>
              <button
                type="button"
                className={styles.back}
                onClick={() => setTrace('')}
              >
                ← {t('page.back')}
              </button>
              <TraceView cluster={cluster} traceId={trace} />
            </>
          ) : (
            <TracesPanel {...service} page={page} onOpen={setTrace} />
          )}
        </TabPanel>
      </Tabs>
    </div>
  );
}
