import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { NodeDetails } from '@orrery/backstage-plugin-mesh-common';
import { HealthMark, useFormat } from '@orrery/backstage-plugin-orrery-react';
import { nodeText } from '../../model/words';
import { meshTranslationRef } from '../../translation';
import styles from './NeighbourTable.module.css';

/** Edges of a node in both directions. */
export function NeighbourTable(props: { details: NodeDetails }) {
  const { inbound, outbound, neighbours } = props.details;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const names = new Map(neighbours.map(node => [node.id, nodeText(node)]));
  const groups = [
    { title: t('panel.inbound'), edges: inbound, end: 'source' as const },
    { title: t('panel.outbound'), edges: outbound, end: 'target' as const },
  ].filter(group => group.edges.length > 0);
  if (groups.length === 0) {
    return <Text as="p">{t('card.noNeighbours')}</Text>;
  }
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('table.name')}</th>
          <th scope="col">{t('table.health')}</th>
          <th scope="col">{t('table.rate')}</th>
          <th scope="col">{t('table.errors')}</th>
          <th scope="col">{t('table.p95')}</th>
        </tr>
      </thead>
      {groups.map(({ title, edges, end }) => (
        <tbody key={title}>
          <tr>
            <th scope="rowgroup" colSpan={5} className={styles.group}>
              {title}
            </th>
          </tr>
          {edges.map(edge => (
            <tr key={edge.id}>
              <th scope="row">{names.get(edge[end]) ?? edge[end]}</th>
              <td title={edge.health.reasons.join('; ')}>
                <HealthMark state={edge.health.state} showWord />
              </td>
              <td>
                {edge.traffic.requestsPerSecond === undefined
                  ? format.bytesPerSecond(edge.traffic.sentBytesPerSecond)
                  : format.rate(edge.traffic.requestsPerSecond)}
              </td>
              <td>{format.percent(edge.traffic.errorShare)}</td>
              <td>{format.milliseconds(edge.traffic.p95Milliseconds)}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
