import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Feature,
  GraphNode,
  MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import { useMemo } from 'react';
import { meshStateOf } from '../../model/meshState';
import { nodeText } from '../../model/words';
import { meshTranslationRef } from '../../translation';
import { EdgeList } from '../SelectionPanel/EdgeList';
import { MeshFacts } from '../SelectionPanel/MeshFacts';
import { TrafficRules } from '../SelectionPanel/TrafficRules';
import styles from './EntityMeshContent.module.css';

/** The same rule touches every version; it is told once. */
function distinctFeatures(own: readonly GraphNode[]): Feature[] {
  return [
    ...new Map(
      own
        .flatMap(({ features = [] }) => features)
        .map(feature => [
          `${feature.name} ${feature.object} ${feature.summary ?? ''}`,
          feature,
        ]),
    ).values(),
  ];
}

/** Whether a service is in the mesh, what rules it has, who calls it and whom it calls. */
export function ServiceFacts(props: {
  graph: MeshGraph;
  /** Its nodes: one for each version, cluster or both. */
  own: readonly GraphNode[];
  onSelect: (id: string) => void;
}) {
  const { graph, own, onSelect } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const nodes = useMemo(
    () => new Map(graph.nodes.map(node => [node.id, node])),
    [graph],
  );
  const ids = new Set(own.map(({ id }) => id));
  const state = meshStateOf(own);
  const isOfSeveral = new Set(own.map(({ cluster }) => cluster)).size > 1;
  return (
    <section aria-label={t('entity.label')}>
      <h2 className={styles.state}>{t(`entity.${state}`)}</h2>
      {state === 'off' && <p className={styles.note}>{t('entity.offHelp')}</p>}
      <div className={styles.facts}>
        <div className={styles.part}>
          <EdgeList
            title={t('panel.inbound')}
            edges={graph.edges.filter(
              ({ source, target }) => ids.has(target) && !ids.has(source),
            )}
            nodes={nodes}
            end="source"
            isOfSeveral={own.length > 1}
            onSelect={onSelect}
          />
        </div>
        <div className={styles.part}>
          <EdgeList
            title={t('panel.outbound')}
            edges={graph.edges.filter(
              ({ source, target }) => ids.has(source) && !ids.has(target),
            )}
            nodes={nodes}
            end="target"
            isOfSeveral={own.length > 1}
            onSelect={onSelect}
          />
        </div>
        <div className={styles.part}>
          <TrafficRules
            features={distinctFeatures(own)}
            empty={t('panel.noRules')}
          />
        </div>
        {own.map(node => (
          <div key={node.id} className={styles.part}>
            <MeshFacts
              node={node}
              title={
                own.length > 1
                  ? [nodeText(node), isOfSeveral && node.cluster]
                      .filter(Boolean)
                      .join(' · ')
                  : undefined
              }
            />
          </div>
        ))}
      </div>
    </section>
  );
}
