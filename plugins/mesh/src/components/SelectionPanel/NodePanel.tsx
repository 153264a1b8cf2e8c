import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import { useMemo } from 'react';
import type { Selection } from '../../model/selection';
import { nodeText } from '../../model/words';
import { meshTranslationRef } from '../../translation';
import { EdgeList } from './EdgeList';
import { GoOn } from './GoOn';
import { MeshFacts } from './MeshFacts';
import { Operations } from './Operations';
import { Answers, History, Verdict } from './parts';
import { PlainList } from './PlainList';
import { Section } from './Section';
import type { SelectionPanelProps } from './SelectionPanel';
import styles from './SelectionPanel.module.css';
import { TrafficRules } from './TrafficRules';
import { TrafficTiles } from './TrafficTiles';
import { Why } from './Why';

const IN_CLUSTER = new Set(['workload', 'app', 'versionedApp', 'service']);
const TROUBLED = new Set(['failing', 'degraded']);

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
  const isInCluster = IN_CLUSTER.has(node.kind);
  const asks =
    node.outbound.requestsPerSecond !== undefined ||
    node.outbound.protocols.includes('tcp');
  const facts = [
    node.workloadKind,
    (graph.clusters?.length ?? 0) > 1 && isInCluster && node.cluster,
    node.namespace,
    isInCluster && t(`panel.${node.dataPlane}`),
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
      {node.isDead && <Alert status="warning" icon title={t('panel.dead')} />}
      {request.at !== undefined && isInCluster && (
        <p className={styles.note}>{t('panel.past')}</p>
      )}
      {TROUBLED.has(node.health.state) && (
        <Why graph={graph} id={node.id} onSelect={onSelect} />
      )}
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
      {asks && (
        <Section title={t('panel.asks')} isClosed>
          <TrafficTiles traffic={node.outbound} />
        </Section>
      )}
      <Answers responses={node.inbound.responses} />
      <Operations operations={node.operations} />
      <TrafficRules features={node.features} />
      {isInCluster && <MeshFacts node={node} />}
      <PlainList title={t('panel.gatewayHosts')} items={node.gatewayHosts} />
      <PlainList title={t('panel.entryHosts')} items={node.hosts} />
      <PlainList title={t('panel.services')} items={node.services} />
      {isInCluster && (
        <PlainList
          title={t('panel.config')}
          items={node.config.length > 0 ? node.config : [t('panel.noConfig')]}
        />
      )}
      <PlainList
        title={t('panel.labels')}
        isClosed
        items={
          node.labels &&
          Object.entries(node.labels).map(([name, value]) => `${name}=${value}`)
        }
      />
      <GoOn node={node} />
    </>
  );
}
