import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Switch } from '@backstage/ui';
import {
  addKqlFilter,
  type LogStoresResponse,
} from '@orrery/backstage-plugin-logs-common';
import {
  ProblemPanel,
  useAsyncValue,
  useViewState,
  type ChartRange,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback, useMemo, useState } from 'react';
import { logsApiRef, type LogRequest } from '../../api';
import { useLogSearch } from '../../hooks/useLogSearch';
import { useLogView } from '../../hooks/useLogView';
import { problemOfError } from '../../model/queryProblem';
import { logsTranslationRef } from '../../translation';
import { FieldSidebar } from '../FieldSidebar';
import { LogContextDrawer } from '../LogContextDrawer';
import { LevelChips, LogHistogram } from '../LogHistogram';
import { QueryBar } from '../QueryBar';
import styles from './LogSearch.module.css';
import { LogTools } from './LogTools';
import { FoundView } from './FoundView';
import { TailView } from './TailView';

const BUCKETS = 60;

/** Lines of a store: looked for, counted, followed. */
export function LogSearch(props: {
  /** Cluster, namespaces and app that are looked in. */
  scope: Pick<LogRequest, 'cluster' | 'namespaces' | 'app'>;
  store: LogStoresResponse['stores'][number];
}) {
  const { scope, store } = props;
  const { t } = useTranslationRef(logsTranslationRef);
  const api = useApi(logsApiRef);
  const [state, changeState] = useViewState();
  const [view, changeView] = useLogView();
  const [attempt, setAttempt] = useState(0);
  const request = useMemo(
    (): LogRequest => ({
      ...scope,
      app: scope.app ?? view.app,
      version: view.version,
      pod: view.pod,
      container: view.container,
      traceId: view.traceId,
      from: state.range.from,
      to: state.range.to,
      query: view.query,
      language: view.language,
      levels: view.levels,
    }),
    [scope, view, state.range],
  );
  // The view has more than the question: only a new question is asked.
  const key = JSON.stringify(request);
  const asked = useMemo((): LogRequest => JSON.parse(key), [key]);
  const found = useLogSearch(view.isLive ? undefined : asked, attempt);
  const countedKey = JSON.stringify({ ...request, levels: [] });
  const askHistogram = useCallback(
    () =>
      // All levels, for the chips; the chart shows those that are chosen.
      api.histogram(JSON.parse(countedKey), {
        buckets: BUCKETS,
        // Asked again with every attempt.
        isCompared: view.isCompared && attempt >= 0,
      }),
    [api, countedKey, view.isCompared, attempt],
  );
  const histogram = useAsyncValue(askHistogram, view.isLive ? 5000 : undefined);
  const scopeKey = JSON.stringify(scope);
  const askFields = useCallback(
    () => api.fields(JSON.parse(scopeKey)),
    [api, scopeKey],
  );
  const fields = useAsyncValue(askFields);
  const known = fields.value?.fields ?? [];
  const valuesOf = useCallback(
    async (field: string) =>
      (
        await api.values({ ...asked, query: '', language: 'kql' }, field)
      ).values.map(({ value }) => value),
    [api, asked],
  );
  const filter = (field: string, value: string, isNegated: boolean) =>
    changeView({
      query:
        view.language === 'kql'
          ? addKqlFilter(view.query, field, value, isNegated)
          : `${view.query === '' ? '' : `(${view.query}) AND `}${
              isNegated ? 'NOT ' : ''
            }${field}:"${value.replace(/["\\]/g, '\\$&')}"`,
    });
  const toggleColumn = (field: string) =>
    changeView({
      columns: view.columns.includes(field)
        ? view.columns.filter(column => column !== field)
        : [...view.columns, field],
    });
  const zoom = ({ fromMilliseconds, toMilliseconds }: ChartRange) =>
    changeState({
      range: {
        from: new Date(fromMilliseconds).toISOString(),
        to: new Date(toMilliseconds).toISOString(),
      },
    });
  const error = found.error ?? histogram.error;
  const problem = problemOfError(error);
  const verbs = {
    onFilter: filter,
    onColumn: toggleColumn,
    onContext: (line: string) => changeView({ line }),
  };
  const look = {
    columns: view.columns,
    isWrapped: view.isWrapped,
    isUtc: view.isUtc,
    hasPods: true,
  };
  return (
    <div className={styles.search}>
      <QueryBar
        query={view.query}
        language={view.language}
        fields={known}
        valuesOf={valuesOf}
        problem={problem}
        onSubmit={query => {
          changeView({ query });
          setAttempt(count => count + 1);
        }}
        onLanguage={language => changeView({ language, query: '' })}
      />
      <div className={styles.bar}>
        <LevelChips
          histogram={histogram.value}
          chosen={view.levels}
          onChange={levels => changeView({ levels })}
        />
        <Switch
          label={t('live.title')}
          isSelected={view.isLive}
          onChange={isLive => changeView({ isLive })}
        />
        <LogTools
          request={asked}
          view={view}
          hasKibana={store.hasKibana}
          onView={changeView}
        />
      </div>
      {error && !problem && (
        <ProblemPanel
          sources={[
            {
              name: t('page.store', { cluster: scope.cluster }),
              state: error.name === 'NotAllowedError' ? 'forbidden' : 'failed',
              reason: error.message,
            },
          ]}
          warnings={[]}
          onRetry={() => setAttempt(count => count + 1)}
        />
      )}
      {found.answer && (
        <ProblemPanel
          {...found.answer.provenance}
          onRetry={() => setAttempt(count => count + 1)}
        />
      )}
      {histogram.value && (
        <LogHistogram
          histogram={histogram.value}
          cluster={scope.cluster}
          namespaces={scope.namespaces}
          chosen={view.levels}
          onSelectRange={zoom}
        />
      )}
      <div className={styles.body}>
        <FieldSidebar
          fields={known}
          request={asked}
          columns={view.columns}
          onFilter={filter}
          onColumn={toggleColumn}
        />
        {view.isLive ? (
          <TailView request={asked} look={look} verbs={verbs} />
        ) : (
          <FoundView
            found={found}
            look={look}
            verbs={verbs}
            oldestAt={store.oldestAt}
            range={state.range}
          />
        )}
      </div>
      {view.line && (
        <LogContextDrawer
          scope={scope}
          id={view.line}
          isUtc={view.isUtc}
          onClose={() => changeView({ line: undefined })}
        />
      )}
    </div>
  );
}
