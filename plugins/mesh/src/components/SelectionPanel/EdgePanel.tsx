import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import type { Selection } from '../../model/selection';
import { nodeText } from '../../model/words';
import { meshTranslationRef } from '../../translation';
import { GoOn } from './GoOn';
import { Answers, History, Section, TrafficTiles, Verdict } from './parts';
import type { SelectionPanelProps } from './SelectionPanel';
import styles from './SelectionPanel.module.css';
import { Versions } from './Versions';

/** Two reporters that differ by more than this are worth a word. */
const DISAGREEMENT = 0.05;

/** An edge: what flows over it, how it ends, and who says so. */
export function EdgePanel(
  props: SelectionPanelProps & {
    selection: Extract<Selection, { type: 'edge' }>;
  },
) {
  const { graph, request, selection, onSelect } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const { edge, source, target } = selection;
  const { traffic, reported } = edge;
  const reporters = (['source', 'destination', 'waypoint'] as const).filter(
    name => reported[name] !== undefined,
  );
  const difference =
    reported.source !== undefined && reported.destination !== undefined
      ? Math.abs(reported.source - reported.destination) /
        Math.max(reported.source, reported.destination)
      : 0;
  const mutualTls =
    traffic.mutualTlsShare === undefined
      ? t('panel.mtlsUnknown')
      : t('panel.mtls', { percent: format.percent(traffic.mutualTlsShare) });
  return (
    <>
      <h2 className={styles.title}>
        <Name onPress={() => onSelect(source.id)}>{nodeText(source)}</Name>
        {' → '}
        <Name onPress={() => onSelect(target.id)}>{nodeText(target)}</Name>
      </h2>
      <p className={styles.facts}>
        {traffic.protocols.map(name => name.toLocaleUpperCase()).join(', ')} ·{' '}
        {mutualTls} · {t('panel.reportedBy')}{' '}
        {reporters.map(name => t(`panel.${name}`)).join(', ') ||
          t(`panel.${edge.reporter}`)}
      </p>
      <Verdict health={edge.health} />
      <TrafficTiles traffic={traffic} />
      {difference > DISAGREEMENT && (
        <Alert
          status="info"
          icon
          title={t('panel.disagree', { percent: format.percent(difference) })}
        />
      )}
      {traffic.requestsPerSecond !== undefined && (
        <History
          request={{
            ...request,
            target: target.id,
            source: source.id,
            range: '30m',
          }}
        />
      )}
      <Versions graph={graph} selection={selection} onSelect={onSelect} />
      <Answers responses={traffic.responses} />
      {edge.hosts.length > 0 && (
        <Section title={t('panel.hosts')}>
          <ul className={styles.list}>
            {edge.hosts.map(host => (
              <li key={host}>{host}</li>
            ))}
          </ul>
        </Section>
      )}
      <GoOn node={target} />
    </>
  );
}

function Name(props: { children: string; onPress: () => void }) {
  return (
    <button type="button" className={styles.link} onClick={props.onPress}>
      {props.children}
    </button>
  );
}
