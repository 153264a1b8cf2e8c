import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  GraphEdge,
  GraphNode,
} from '@orrery/backstage-plugin-mesh-common';
import { HealthMark, useFormat } from '@orrery/backstage-plugin-orrery-react';
import { compareHealth } from '@orrery/backstage-plugin-orrery-common';
import { nodeText } from '../../model/words';
import { meshTranslationRef } from '../../translation';
import { Section } from './Section';
import styles from './SelectionPanel.module.css';

const SHOWN = 30;

/** Edges of a node; each leads to the edge. */
export function EdgeList(props: {
  title: string;
  edges: readonly GraphEdge[];
  nodes: ReadonlyMap<string, GraphNode>;
  /** The end that is not the node itself. */
  end: 'source' | 'target';
  /** Names the end that is the node itself too: there are several. */
  isOfSeveral?: boolean;
  onSelect: (id: string) => void;
}) {
  const { title, edges, nodes, end, onSelect } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  if (edges.length === 0) {
    return null;
  }
  const sorted = [...edges].sort(
    (left, right) =>
      compareHealth(left.health.state, right.health.state) ||
      (right.traffic.requestsPerSecond ?? 0) -
        (left.traffic.requestsPerSecond ?? 0),
  );
  return (
    <Section title={`${title} (${edges.length})`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('table.name')}</th>
            <th scope="col">{t('panel.rate')}</th>
            <th scope="col">{t('panel.errors')}</th>
            <th scope="col">{t('panel.p95')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, SHOWN).map(edge => {
            const node = nodes.get(edge[end]);
            const own = props.isOfSeveral
              ? nodes.get(edge[end === 'source' ? 'target' : 'source'])
              : undefined;
            const { traffic } = edge;
            return (
              <tr key={edge.id}>
                <th scope="row">
                  <HealthMark state={edge.health.state} />{' '}
                  <button
                    type="button"
                    className={styles.link}
                    onClick={() => onSelect(edge.id)}
                  >
                    {node ? nodeText(node) : edge[end]}
                  </button>
                  {own && (
                    <small>
                      {end === 'source' ? ' → ' : ' ← '}
                      {nodeText(own)}
                    </small>
                  )}
                </th>
                <td>
                  {traffic.requestsPerSecond === undefined
                    ? format.bytesPerSecond(traffic.sentBytesPerSecond)
                    : format.rate(traffic.requestsPerSecond)}
                </td>
                <td>{format.percent(traffic.errorShare)}</td>
                <td>{format.milliseconds(traffic.p95Milliseconds)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {sorted.length > SHOWN && <small>+ {sorted.length - SHOWN}</small>}
    </Section>
  );
}
