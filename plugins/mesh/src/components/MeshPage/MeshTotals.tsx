import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  totalRequests,
  type MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import { meshTranslationRef } from '../../translation';
import styles from './MeshPage.module.css';

/** The graph in one line. */
export function MeshTotals(props: { graph: MeshGraph }) {
  const { graph } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const totals = useMemo(() => {
    const count = (state: string) =>
      graph.nodes.filter(node => node.health.state === state).length;
    return {
      failing: count('failing'),
      degraded: count('degraded'),
      requests: totalRequests(graph),
    };
  }, [graph]);
  return (
    <p className={styles.totals}>
      {t('page.totals', {
        workloads: format.number(graph.nodes.length),
        edges: format.number(graph.edges.length),
        requests: format.rate(totals.requests),
      })}
      {totals.failing > 0 && (
        <span className={styles.failing}>
          {' · ✕ '}
          {t('page.failing', { number: String(totals.failing) })}
        </span>
      )}
      {totals.degraded > 0 && (
        <span className={styles.degraded}>
          {' · ! '}
          {t('page.degraded', { number: String(totals.degraded) })}
        </span>
      )}
    </p>
  );
}
