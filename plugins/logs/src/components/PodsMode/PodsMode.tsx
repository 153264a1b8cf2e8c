import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select, Switch } from '@backstage/ui';
import {
  ProblemPanel,
  useAsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback, useMemo } from 'react';
import {
  logsApiRef,
  type LogListener,
  type LogRequest,
  type PodLogRequest,
} from '../../api';
import { useLogView } from '../../hooks/useLogView';
import { useTail } from '../../hooks/useTail';
import { useFiltered } from '../../hooks/useFiltered';
import { queryProblem } from '../../model/queryProblem';
import { logsTranslationRef } from '../../translation';
import { TailLines } from '../LogSearch';
import { QueryBar } from '../QueryBar';
import styles from './PodsMode.module.css';
import { ContainerStates } from './ContainerStates';

const SINCE = ['5m', '15m', '1h', '6h'];
const POD_FIELDS = ['level', 'pod', 'container', 'app', 'version'].map(
  name => ({
    name,
    types: ['keyword'],
    isSearchable: true,
    isAggregatable: false,
  }),
);
const noValues = async () => [];

/** What containers write, merged by time, without a store. */
export function PodsMode(props: {
  scope: Pick<LogRequest, 'cluster' | 'namespaces' | 'app'>;
}) {
  const { scope } = props;
  const { t } = useTranslationRef(logsTranslationRef);
  const api = useApi(logsApiRef);
  const [view, changeView] = useLogView();
  const [namespace, ...others] = scope.namespaces;
  const app = scope.app ?? view.app;
  const { cluster } = scope;
  const isComplete = cluster !== '' && namespace !== undefined;
  const askTargets = useCallback(
    async () =>
      isComplete ? api.targets({ cluster, namespace, app }) : undefined,
    [api, isComplete, cluster, namespace, app],
  );
  const targets = useAsyncValue(askTargets, 15_000);
  const pods = useMemo(() => targets.value?.pods ?? [], [targets.value]);
  const request = useMemo(
    (): PodLogRequest => ({
      cluster,
      namespace: namespace ?? '',
      app,
      pods: view.pods,
      containers: view.containers,
      previous: view.isPrevious,
      since: view.since,
    }),
    [cluster, namespace, app, view],
  );
  const key = JSON.stringify(request);
  const hasPods = isComplete && pods.length > 0;
  const follow = useMemo(
    () =>
      hasPods
        ? (listener: LogListener, signal: AbortSignal) =>
            api.followPods(JSON.parse(key), listener, signal)
        : undefined,
    [api, key, hasPods],
  );
  const tail = useTail(follow);
  const problem = queryProblem(view.query, 'kql');
  const store = useFiltered(tail.store, problem ? '' : view.query);
  const containers = [
    ...new Set(pods.flatMap(pod => pod.containers.map(({ name }) => name))),
  ].sort();
  const apps = [...new Set(pods.flatMap(pod => pod.app ?? []))].sort();
  if (!isComplete) {
    return <p className={styles.empty}>{t('pods.oneNamespace')}</p>;
  }
  return (
    <div className={styles.mode}>
      {others.length > 0 && (
        <p className={styles.hint}>{t('pods.firstOf', { namespace })}</p>
      )}
      <div className={styles.bar}>
        {scope.app === undefined && (
          <Select
            size="small"
            searchable
            aria-label={t('pods.app')}
            placeholder={t('pods.allApps')}
            options={[...new Set([...apps, ...(app ? [app] : [])])].map(
              name => ({ id: name, label: name }),
            )}
            value={app ?? null}
            onChange={name =>
              changeView({ app: name === null ? undefined : String(name) })
            }
          />
        )}
        <Select
          size="small"
          selectionMode="multiple"
          searchable
          aria-label={t('pods.pods')}
          placeholder={t('pods.allPods', { number: String(pods.length) })}
          options={pods.map(({ name }) => ({ id: name, label: name }))}
          value={view.pods}
          onChange={keys => changeView({ pods: keys.map(String) })}
        />
        <Select
          size="small"
          selectionMode="multiple"
          aria-label={t('pods.containers')}
          placeholder={t('pods.noSidecars')}
          options={containers.map(name => ({ id: name, label: name }))}
          value={view.containers}
          onChange={keys => changeView({ containers: keys.map(String) })}
        />
        <Select
          size="small"
          aria-label={t('pods.since')}
          options={[
            { id: 'tail', label: t('pods.lastLines') },
            ...SINCE.map(id => ({ id, label: t('pods.sinceAgo', { id }) })),
          ]}
          value={view.since === '' ? 'tail' : view.since}
          onChange={since =>
            changeView({ since: since === 'tail' ? '' : String(since) })
          }
        />
        <Switch
          label={t('pods.previous')}
          isSelected={view.isPrevious}
          onChange={isPrevious => changeView({ isPrevious })}
        />
      </div>
      <QueryBar
        query={view.query}
        language="kql"
        fields={POD_FIELDS}
        valuesOf={noValues}
        onSubmit={query => changeView({ query })}
      />
      {targets.error && (
        <ProblemPanel
          sources={[
            {
              name: t('pods.pods'),
              state:
                targets.error.name === 'NotAllowedError'
                  ? 'forbidden'
                  : 'failed',
              reason: targets.error.message,
            },
          ]}
          warnings={[]}
          onRetry={targets.retry}
        />
      )}
      {targets.value && pods.length === 0 && (
        <p className={styles.empty}>{t('pods.none')}</p>
      )}
      {hasPods && (
        <>
          <ContainerStates states={tail.containers} />
          <TailLines
            tail={{ ...tail, store }}
            look={{
              columns: [],
              isWrapped: view.isWrapped,
              isUtc: view.isUtc,
              hasPods: true,
            }}
            verbs={{}}
          />
        </>
      )}
    </div>
  );
}
