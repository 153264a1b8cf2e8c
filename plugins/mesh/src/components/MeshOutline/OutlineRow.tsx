import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { GraphNode } from '@orrery/backstage-plugin-mesh-common';
import { HealthMark, useFormat } from '@orrery/backstage-plugin-orrery-react';
import type { CSSProperties } from 'react';
import type { OutlineGroup } from '../../model/outline';
import { nodeTitle } from '../../model/words';
import { meshTranslationRef } from '../../translation';
import { FoundMark } from '../FindBar';
import styles from './MeshOutline.module.css';

/** The line of a namespace. */
export function GroupRow(props: { group: OutlineGroup; style: CSSProperties }) {
  const { group, style } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  return (
    <div role="presentation" className={styles.group} style={style}>
      <HealthMark state={group.state} />
      <span className={styles.name}>
        {group.namespace ?? t('outline.outside')}
      </span>
      <span className={styles.figure}>
        {group.requestsPerSecond !== undefined &&
          format.rate(group.requestsPerSecond)}
      </span>
    </div>
  );
}

/** The line of a node. */
export function NodeRow(props: {
  id: string;
  /** Index of the row, by which the listbox knows what was pressed. */
  index: number;
  node: GraphNode;
  position: number;
  count: number;
  isActive: boolean;
  isSelected: boolean;
  isFound: boolean;
  style: CSSProperties;
}) {
  const { node, isActive, isSelected, isFound } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const { name, version } = nodeTitle(node);
  return (
    // Keyboard and pointer are handled by the listbox, which keeps the focus.
    <div
      id={props.id}
      role="option"
      aria-selected={isSelected}
      aria-posinset={props.position}
      aria-setsize={props.count}
      className={styles.node}
      data-active={isActive || undefined}
      data-index={props.index}
      style={props.style}
      title={node.health.reasons.join('; ') || undefined}
    >
      <HealthMark state={node.health.state} />
      <span className={styles.name}>
        {name}
        {version && <span className={styles.version}>{version}</span>}
      </span>
      {isFound && <FoundMark label={t('find.isFound')} />}
      <NodeFigure node={node} />
    </div>
  );
}

/** The one figure that says most about a node. */
function NodeFigure(props: { node: GraphNode }) {
  const { node } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const { requestsPerSecond, errorShare = 0 } = node.inbound;
  const text = () => {
    if (node.health.state === 'idle') {
      return t('outline.idle');
    }
    if (requestsPerSecond !== undefined) {
      return errorShare > 0 && node.health.state !== 'healthy'
        ? format.percent(errorShare)
        : format.rate(requestsPerSecond);
    }
    if (node.dataPlane === 'none' && node.kind === 'workload') {
      return t('outline.noSidecar');
    }
    if (node.layer === 'l4') {
      return t('outline.layer4');
    }
    return node.inbound.protocols.includes('tcp') ? 'TCP' : '';
  };
  return (
    <span className={styles.figure} data-state={node.health.state}>
      {text()}
    </span>
  );
}
