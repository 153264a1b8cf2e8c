import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';
import type { Selection } from '../../model/selection';
import { nodeText } from '../../model/words';
import { meshTranslationRef } from '../../translation';
import { EdgeList } from './EdgeList';
import { GoOn } from './GoOn';
import { Answers, History, Section, TrafficTiles, Verdict } from './parts';
import type { SelectionPanelProps } from './SelectionPanel';
import styles from './SelectionPanel.module.css';

/** A node: what it is asked, how it answers, who its neighbours are. */
export function NodePanel(
  props: SelectionPanelProps & {
    selection: Extract<Selection, { type: 'node' }>;
  },
) {
  const { graph, request, selection, onSelect } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const { node, inbound, outbound } = selection;
  const nodes = useMemo(
    () => new Map(graph.nodes.map(candidate => [candidate.id, candidate])),
    [graph],
  );
  const inMesh = node.kind === 'workload' || node.kind === 'app';
  const facts = [
    node.workloadKind,
    node.namespace,
    inMesh && t(`panel.${node.dataPlane}`),
    node.pods &&
      t('panel.pods', {
        available: String(node.pods.available),
        desired: String(node.pods.desired),
      }),
  ].filter(Boolean);
  return (
    <>
      <h2 className={styles.title}>{nodeText(node)}</h2>
      <p className={styles.facts}>{facts.join(' · ')}</p>
      <Verdict health={node.health} />
      <TrafficTiles traffic={node.inbound} />
      {node.inbound.requestsPerSecond !== undefined && (
        <History request={{ ...request, target: node.id, range: '30m' }} />
      )}
      <EdgeList
        title={t('panel.inbound')}
        edges={inbound}
        nodes={nodes}
        end="source"
        onSelect={onSelect}
      />
      <EdgeList
        title={t('panel.outbound')}
        edges={outbound}
        nodes={nodes}
        end="target"
        onSelect={onSelect}
      />
      <Answers responses={node.inbound.responses} />
      {node.services.length > 0 && (
        <Section title={t('panel.services')}>
          <p className={styles.text}>{node.services.join(', ')}</p>
        </Section>
      )}
      {inMesh && (
        <Section title={t('panel.config')}>
          <ul className={styles.list}>
            {node.config.map(name => (
              <li key={name}>{name}</li>
            ))}
            {node.config.length === 0 && <li>{t('panel.noConfig')}</li>}
          </ul>
        </Section>
      )}
      <GoOn node={node} />
    </>
  );
}
