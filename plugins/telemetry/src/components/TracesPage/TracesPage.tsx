import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Container,
  Select,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  Text,
} from '@backstage/ui';
import {
  useScope,
  useUrlParameter,
} from '@orrery/backstage-plugin-orrery-react';
import { useSearchParams } from 'react-router-dom';
import { useRange } from '../../hooks/useRange';
import { useTraceNames } from '../../hooks/useTraces';
import { splitService } from '../../model/links';
import { telemetryTranslationRef } from '../../translation';
import { Dependencies } from '../Dependencies';
import { RangePicker } from '../RangePicker';
import { TracesPanel } from '../Traces';
import { TraceView } from '../TraceView';
import { OpenTrace } from './OpenTrace';
import styles from './TracesPage.module.css';

/** Traces of any service, one trace in full, and who calls whom. */
export function TracesPage() {
  const { t } = useTranslationRef(telemetryTranslationRef);
  const scope = useScope();
  const [params, setParams] = useSearchParams();
  const clusters = scope.value?.clusters ?? [];
  const cluster = params.get('cluster') ?? clusters[0]?.name;
  const change = (parameters: Readonly<Record<string, string>>) =>
    setParams(current => {
      const changed = new URLSearchParams(current);
      for (const [name, value] of Object.entries(parameters)) {
        if (value === '') {
          changed.delete(name);
        } else {
          changed.set(name, value);
        }
      }
      return changed;
    });
  return (
    <Container>
      <div className={styles.page}>
        <header className={styles.header}>
          <h1 className={styles.title}>{t('page.title')}</h1>
          <OpenTrace
            onOpen={({ traceId, spanId = '' }) =>
              change({ trace: traceId, span: spanId })
            }
          />
          {clusters.length > 1 && (
            <Select
              size="small"
              aria-label={t('page.cluster')}
              options={clusters.map(({ name, title }) => ({
                id: name,
                label: title,
              }))}
              value={cluster}
              onChange={key => change({ cluster: String(key) })}
            />
          )}
        </header>
        {scope.error && (
          <Alert status="danger" icon title={scope.error.message} />
        )}
        {cluster && <TracesBody cluster={cluster} change={change} />}
      </div>
    </Container>
  );
}

function TracesBody(props: {
  cluster: string;
  change: (parameters: Readonly<Record<string, string>>) => void;
}) {
  const { cluster, change } = props;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const [params] = useSearchParams();
  const page = useRange('now-15m');
  const [tab, setTab] = useUrlParameter('tab', 'traces');
  const { value: names, error } = useTraceNames(cluster);
  const traceId = params.get('trace');
  const app = params.get('app') ?? '';
  const namespace = params.get('namespace') ?? '';
  if (traceId) {
    return (
      <>
        <button
          type="button"
          className={styles.back}
          onClick={() => change({ trace: '', span: '' })}
        >
          ← {t('page.back')}
        </button>
        <TraceView cluster={cluster} traceId={traceId} />
      </>
    );
  }
  const service = app && namespace ? `${app}.${namespace}` : '';
  const services = [
    ...new Set([...(names?.services ?? []), ...(service ? [service] : [])]),
  ].sort();
  return (
    <>
      <div className={styles.bar}>
        <Select
          size="small"
          className={styles.service}
          aria-label={t('page.service')}
          placeholder={t('page.service')}
          searchable
          options={services
            .filter(name => splitService(name))
            .map(name => ({ id: name, label: name }))}
          value={service || null}
          onChange={key => {
            const chosen = splitService(String(key));
            if (chosen) {
              change({ ...chosen, spanName: '', remoteService: '' });
            }
          }}
        />
        <RangePicker page={page} />
      </div>
      {error && <Alert status="warning" icon title={error.message} />}
      <Tabs selectedKey={tab} onSelectionChange={key => setTab(String(key))}>
        <TabList>
          <Tab id="traces">{t('page.traces')}</Tab>
          <Tab id="dependencies">{t('page.dependencies')}</Tab>
        </TabList>
        <TabPanel id="traces">
          {service ? (
            <TracesPanel
              cluster={cluster}
              namespace={namespace}
              app={app}
              page={page}
              onOpen={trace => change({ trace })}
            />
          ) : (
            <Text as="p">{t('page.choose')}</Text>
          )}
        </TabPanel>
        <TabPanel id="dependencies">
          <Dependencies
            cluster={cluster}
            namespaces={namespace ? [namespace] : []}
            page={page}
          />
        </TabPanel>
      </Tabs>
    </>
  );
}
