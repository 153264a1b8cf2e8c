import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import { neighbourhood } from '@orrery/backstage-plugin-mesh-common';
import type { Binding } from '@orrery/backstage-plugin-orrery-common';
import {
  LiveIndicator,
  ProblemPanel,
  useCarriedView,
  useUrlParameter,
  useViewState,
} from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import { boundNodes, useBoundEntity } from '../../hooks/useBoundEntity';
import { useMeshGraph } from '../../hooks/useMeshGraph';
import { useMeshView } from '../../hooks/useMeshView';
import { meshTranslationRef } from '../../translation';
import { MeshBody } from '../MeshPage/MeshBody';
import { MeshError } from '../MeshPage/MeshError';
import { NotInMesh } from '../NotInMesh';
import styles from './EntityMeshContent.module.css';
import { ServiceFacts } from './ServiceFacts';

const HOPS = ['1', '2', '3'];

/** The mesh around one service. */
export function EntityMeshContent() {
  const { binding } = useBoundEntity();
  return binding ? <BoundContent binding={binding} /> : null;
}

function BoundContent(props: { binding: Binding }) {
  const { binding } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const [state, changeState] = useViewState();
  useCarriedView('range');
  const [hops, setHops] = useUrlParameter('hops', '1');
  const view = useMeshView();
  const request = {
    cluster: binding.cluster,
    // Neighbours may live in other namespaces, and theirs in others again.
    namespaces: [],
    graphType: view.graphType,
    duration: '1m',
  };
  const { graph, connection, error, retry } = useMeshGraph(request);
  const own = useMemo(
    () => (graph ? boundNodes(graph, binding) : []),
    [graph, binding],
  );
  const near = useMemo(
    () =>
      graph && own.length > 0
        ? neighbourhood(
            graph,
            own.map(({ id }) => id),
            HOPS.includes(hops) ? Number(hops) : 1,
          )
        : undefined,
    [graph, own, hops],
  );
  const select = (selected: string | undefined) => changeState({ selected });

  return (
    <div className={styles.content}>
      <div className={styles.bar}>
        <Select
          size="small"
          aria-label={t('card.hops')}
          options={HOPS.map(id => ({
            id,
            label: t('card.hop', { count: Number(id) }),
          }))}
          value={HOPS.includes(hops) ? hops : '1'}
          onChange={key => setHops(String(key))}
        />
        <Select
          size="small"
          aria-label={t('toolbar.view')}
          options={[
            { id: 'graph', label: t('toolbar.canvas') },
            { id: 'table', label: t('toolbar.table') },
          ]}
          value={view.display === 'table' ? 'table' : 'graph'}
          onChange={key => view.setDisplay(String(key))}
        />
        <LiveIndicator
          state={connection}
          at={graph?.at}
          reason={error?.message}
        />
      </div>
      {error && <MeshError error={error} onRetry={retry} />}
      {graph && (
        <ProblemPanel
          sources={graph.sources.filter(source => source.state !== 'absent')}
          warnings={graph.warnings}
          onRetry={retry}
        />
      )}
      {!graph && !error && <div role="status">{t('page.loading')}</div>}
      {graph && !near && <NotInMesh binding={binding} />}
      {near && (
        <div className={styles.body}>
          <MeshBody
            graph={near}
            request={request}
            view={view}
            selected={state.selected}
            onSelect={select}
          />
        </div>
      )}
      {graph && own.length > 0 && (
        <ServiceFacts graph={graph} own={own} onSelect={select} />
      )}
    </div>
  );
}
