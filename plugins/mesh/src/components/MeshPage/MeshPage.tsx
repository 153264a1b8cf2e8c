import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  useViewState,
  LiveIndicator,
  ProblemPanel,
  ScopeBar,
} from '@orrery/backstage-plugin-orrery-react';
import {
  DEFAULT_TIME_RANGE,
  windowOfRange,
  type TimeRange,
} from '@orrery/backstage-plugin-orrery-common';
import { useMemo, useRef } from 'react';
import type { GraphRequest } from '../../api';
import type { PictureSource } from '../../canvas';
import { useFind } from '../../hooks/useFind';
import { useComparison } from '../../hooks/useComparison';
import { useMeshGraph } from '../../hooks/useMeshGraph';
import { useMeshView } from '../../hooks/useMeshView';
import { useMoments } from '../../hooks/useMoments';
import { meshTranslationRef } from '../../translation';
import { FindBar } from '../FindBar';
import { MeshToolbar } from '../MeshToolbar';
import { ComparisonState } from './ComparisonState';
import { ControlPlanes, ExportMenu, TimeBar } from './lazyParts';
import { MeshBody } from './MeshBody';
import { MeshError } from './MeshError';
import styles from './MeshPage.module.css';
import { MeshTotals } from './MeshTotals';

/** The window of a range, or the reason why the URL's range is none. */
function readWindow(range: TimeRange): {
  window: { duration: string; at?: string };
  error?: Error;
} {
  try {
    return { window: windowOfRange(range, Date.now()) };
  } catch (error) {
    return {
      window: windowOfRange(DEFAULT_TIME_RANGE, Date.now()),
      error: error instanceof Error ? error : new Error(String(error)),
    };
  }
}

/** The living topology of the mesh. */
export function MeshPage() {
  const { t } = useTranslationRef(meshTranslationRef);
  const [state, changeState] = useViewState();
  const view = useMeshView();
  const { window, error: rangeError } = useMemo(
    () => readWindow(state.range),
    [state.range],
  );
  const request: GraphRequest = {
    cluster: state.cluster,
    namespaces: state.namespaces,
    graphType: view.graphType,
    ...(view.include.length > 0 && { include: view.include }),
    ...window,
  };
  const isControlPlane = view.display === 'control-plane';
  const {
    graph: followed,
    connection,
    error,
    retry,
  } = useMeshGraph(isControlPlane ? undefined : request);
  const graph = isControlPlane ? undefined : followed;
  const moments = useMoments();
  const pictureRef = useRef<PictureSource>();
  const compared = useComparison(graph, request, moments.compareMilliseconds);
  const comparison = compared.comparison;
  const { compareMilliseconds } = moments;
  const shownComparison = useMemo(
    () =>
      comparison && compareMilliseconds !== undefined
        ? { comparison, otherMilliseconds: compareMilliseconds }
        : undefined,
    [comparison, compareMilliseconds],
  );
  // What is gone must be seen to be missed.
  const find = useFind(comparison?.graph ?? graph);

  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1 className={styles.title}>{t('page.title')}</h1>
        {graph && <MeshTotals graph={graph} />}
        <span className={styles.space} />
        {!isControlPlane && (
          <LiveIndicator
            state={connection}
            at={graph?.at}
            reason={error?.message}
            onBackToLive={() => changeState({ range: DEFAULT_TIME_RANGE })}
          />
        )}
      </header>
      <div className={styles.bar}>
        <ScopeBar parts={isControlPlane ? 'cluster' : 'all'}>
          <MeshToolbar view={view} />
          {graph && find.shown && (
            <ExportMenu
              graph={find.shown}
              request={request}
              narrowing={{
                find: find.find.applied,
                hide: find.hide.applied,
                comparedWith:
                  shownComparison &&
                  new Date(shownComparison.otherMilliseconds).toISOString(),
              }}
              pictureRef={pictureRef}
              hasPicture={view.display === 'graph'}
            />
          )}
        </ScopeBar>
        {graph && (
          <FindBar
            graph={graph}
            state={find}
            selected={state.selected}
            onSelect={selected => changeState({ selected })}
          />
        )}
      </div>
      {rangeError && <MeshError error={rangeError} />}
      {isControlPlane && <ControlPlanes cluster={state.cluster} />}
      {!isControlPlane && error && <MeshError error={error} onRetry={retry} />}
      {!isControlPlane && (
        <ComparisonState compared={compared} problem={moments.compareProblem} />
      )}
      {graph && (
        <div className={styles.problems}>
          <ProblemPanel
            sources={graph.sources.filter(
              source =>
                source.state !== 'absent' || source.name === 'prometheus',
            )}
            warnings={graph.warnings}
            onRetry={retry}
          />
        </div>
      )}
      {graph && find.shown && (
        <MeshBody
          graph={find.shown}
          find={find}
          request={request}
          view={view}
          comparison={shownComparison}
          selected={state.selected}
          onSelect={selected => changeState({ selected })}
          pictureRef={pictureRef}
        />
      )}
      {graph && (
        <TimeBar
          cluster={state.cluster}
          namespaces={state.namespaces}
          moments={moments}
          shownMilliseconds={
            connection === 'connecting' ? undefined : Date.parse(graph.at)
          }
        />
      )}
      {!isControlPlane && !graph && !error && (
        <div className={styles.loading} role="status">
          {t('page.loading')}
        </div>
      )}
    </div>
  );
}
