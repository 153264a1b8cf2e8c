import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import { useMemo } from 'react';
import type { GraphRequest } from '../../api';
import { MeshCanvas } from '../../canvas';
import type { MeshFind } from '../../hooks/useFind';
import type { MeshView } from '../../hooks/useMeshView';
import { highlightedIds, selectionOf } from '../../model/selection';
import { meshTranslationRef } from '../../translation';
import { MeshOutline } from '../MeshOutline';
import { MeshTables } from '../MeshTables';
import { SelectionPanel } from '../SelectionPanel';
import styles from './MeshPage.module.css';

/** Outline, picture or tables, and what is selected. */
export function MeshBody(props: {
  /** What is shown: the graph without what is hidden. */
  graph: MeshGraph;
  find: MeshFind;
  request: GraphRequest;
  view: MeshView;
  selected: string | undefined;
  onSelect: (id: string | undefined) => void;
}) {
  const { graph, find, request, view, selected, onSelect } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const selection = useMemo(
    () => selectionOf(graph, selected),
    [graph, selected],
  );
  const touched = useMemo(() => highlightedIds(selection), [selection]);
  const highlighted = find.highlighted ?? touched;
  const isAllHidden = find.hidden.nodes > 0;
  if (graph.nodes.length === 0) {
    return (
      <div className={styles.empty}>
        <Text as="h2" variant="title-x-small">
          {t(isAllHidden ? 'find.allHidden' : 'page.empty')}
        </Text>
        <Text as="p">
          {t(isAllHidden ? 'find.allHiddenHelp' : 'page.emptyHelp')}
        </Text>
      </div>
    );
  }
  return (
    <div
      className={styles.body}
      data-panel={selection.type === 'none' ? undefined : 'open'}
    >
      <MeshOutline
        graph={graph}
        selected={selected}
        onSelect={onSelect}
        found={find.found?.nodes}
      />
      <div className={styles.middle}>
        {view.display === 'table' ? (
          <MeshTables
            graph={graph}
            selected={selected}
            onSelect={onSelect}
            found={find.found}
          />
        ) : (
          <MeshCanvas
            graph={graph}
            selected={selected}
            onSelect={onSelect}
            highlighted={highlighted}
            edgeLabel={view.edgeLabel}
            showTraffic={view.showTraffic}
            layoutKey={`${graph.cluster} ${graph.graphType}`}
          />
        )}
      </div>
      {selection.type !== 'none' && (
        <SelectionPanel
          graph={graph}
          request={request}
          selection={selection}
          onSelect={onSelect}
        />
      )}
    </div>
  );
}
