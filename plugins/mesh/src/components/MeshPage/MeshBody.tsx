import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type {
  Comparison,
  MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import {
  memo,
  useDeferredValue,
  useEffect,
  useMemo,
  type MutableRefObject,
} from 'react';
import type { GraphRequest } from '../../api';
import { MeshCanvas, type PictureSource } from '../../canvas';
import type { MeshFind } from '../../hooks/useFind';
import type { MeshView } from '../../hooks/useMeshView';
import { highlightedIds, selectionOf } from '../../model/selection';
import { drawnChanges } from '../../model/drawnChanges';
import { meshTranslationRef } from '../../translation';
import { MeshOutline } from '../MeshOutline';
import {
  ComparisonPanel,
  fetchPartsWhenIdle,
  MeshTables,
  SelectionPanel,
} from './lazyParts';
import styles from './MeshPage.module.css';

export type MeshBodyProps = {
  /** What is shown: the graph without what is hidden. */
  graph: MeshGraph;
  /** What is found and hidden; absent where nothing can be looked for. */
  find?: MeshFind;
  request: GraphRequest;
  view: MeshView;
  /** Another moment, and what differs. */
  comparison?: { comparison: Comparison; otherMilliseconds: number };
  selected: string | undefined;
  onSelect: (id: string | undefined) => void;
  /** Is told how to ask for the picture, to export it. */
  pictureRef?: MutableRefObject<PictureSource | undefined>;
};

const Body = memo(function BodyOfGraph(props: MeshBodyProps) {
  const { graph, find, request, view, selected, onSelect } = props;
  const { comparison: compared } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  // What is hidden still calls and is called: the panel leaves nothing out.
  const whole = find?.whole ?? graph;
  const selection = useMemo(
    () => selectionOf(whole, selected),
    [whole, selected],
  );
  const marksOf = useMemo(
    () => compared && drawnChanges(compared.comparison),
    [compared],
  );
  const touched = useMemo(
    () => highlightedIds(selectionOf(graph, selected)),
    [graph, selected],
  );
  const highlighted = find?.highlighted ?? touched;
  useEffect(fetchPartsWhenIdle, []);
  const isAllHidden = (find?.hidden.nodes ?? 0) > 0;
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
      data-panel={selection.type === 'none' && !compared ? undefined : 'open'}
    >
      <MeshOutline
        graph={graph}
        selected={selected}
        onSelect={onSelect}
        found={find?.found?.nodes}
      />
      <div className={styles.middle}>
        {view.display === 'table' ? (
          <MeshTables
            graph={graph}
            selected={selected}
            onSelect={onSelect}
            found={find?.found}
          />
        ) : (
          <MeshCanvas
            graph={graph}
            selected={selected}
            onSelect={onSelect}
            highlighted={highlighted}
            edgeLabel={view.edgeLabel}
            showTraffic={view.showTraffic}
            marksOf={marksOf}
            pictureRef={props.pictureRef}
            layoutKey={`${(graph.clusters ?? [graph.cluster]).join(' ')} ${
              graph.graphType
            }`}
          />
        )}
      </div>
      {selection.type === 'none' && compared && (
        <ComparisonPanel
          comparison={compared.comparison}
          before={new Date(
            Math.min(compared.otherMilliseconds, Date.parse(graph.at)),
          ).toISOString()}
          after={new Date(
            Math.max(compared.otherMilliseconds, Date.parse(graph.at)),
          ).toISOString()}
          selected={selected}
          onSelect={onSelect}
        />
      )}
      {selection.type !== 'none' && (
        <SelectionPanel
          graph={whole}
          request={request}
          selection={selection}
          onSelect={onSelect}
        />
      )}
    </div>
  );
});

/**
 * Outline, picture or tables, and what is selected. They follow a moment
 * later, in steps that leave room for what the reader does meanwhile.
 */
export function MeshBody(props: MeshBodyProps) {
  const later = useDeferredValue(props);
  return <Body {...later} />;
}
