import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import { HealthMark, useFormat } from '@orrery/backstage-plugin-orrery-react';
import type { Selection } from '../../model/selection';
import { meshTranslationRef } from '../../translation';
import { Section } from './Section';
import styles from './SelectionPanel.module.css';

/** How the versions of the callee compare for this very caller. */
export function Versions(props: {
  graph: MeshGraph;
  selection: Extract<Selection, { type: 'edge' }>;
  onSelect: (id: string) => void;
}) {
  const { graph, selection, onSelect } = props;
  const { source, target } = selection;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const siblings = graph.nodes.filter(
    node =>
      target.app !== undefined &&
      node.app === target.app &&
      node.namespace === target.namespace &&
      node.version !== undefined,
  );
  const rows = siblings.flatMap(node => {
    const edge = graph.edges.find(
      candidate =>
        candidate.source === source.id && candidate.target === node.id,
    );
    return edge ? [{ node, edge }] : [];
  });
  const total = rows.reduce(
    (sum, { edge }) => sum + (edge.traffic.requestsPerSecond ?? 0),
    0,
  );
  if (siblings.length < 2) {
    return null;
  }
  return (
    <Section title={t('panel.versions', { app: target.app ?? '' })}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('panel.version')}</th>
            <th scope="col">{t('panel.share')}</th>
            <th scope="col">{t('panel.errors')}</th>
            <th scope="col">{t('panel.p95')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ node, edge: { id, health, traffic } }) => (
            <tr key={id}>
              <th scope="row">
                <HealthMark state={health.state} />{' '}
                <button
                  type="button"
                  className={styles.link}
                  onClick={() => onSelect(id)}
                >
                  {node.version}
                </button>
              </th>
              <td>
                {format.percent(
                  total > 0
                    ? (traffic.requestsPerSecond ?? 0) / total
                    : undefined,
                )}
              </td>
              <td>{format.percent(traffic.errorShare)}</td>
              <td>{format.milliseconds(traffic.p95Milliseconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
