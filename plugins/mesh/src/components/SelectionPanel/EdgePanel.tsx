import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import type { Selection } from '../../model/selection';
import { nodeText } from '../../model/words';
import { meshTranslationRef } from '../../translation';
import { GoOn } from './GoOn';
import { Operations } from './Operations';
import { Answers, History, Verdict } from './parts';
import { PlainList } from './PlainList';
import { Reporters } from './Reporters';
import type { SelectionPanelProps } from './SelectionPanel';
import styles from './SelectionPanel.module.css';
import { TrafficTiles } from './TrafficTiles';
import { Versions } from './Versions';

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
  const { traffic } = edge;
  // Who may not be seen has no history of its own.
  const isHidden = source.kind === 'hidden' || target.kind === 'hidden';
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
        {mutualTls}
        {edge.layer === 'l4' && ` · ${t('panel.layer4')}`} ·{' '}
        {t('panel.reportedBy')} {t(`panel.${edge.reporter}`)}
      </p>
      <Verdict health={edge.health} />
      <TrafficTiles traffic={traffic} />
      {traffic.requestsPerSecond !== undefined && !isHidden && (
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
      <Reporters edge={edge} />
      <Operations operations={edge.operations} />
      <PlainList title={t('panel.hosts')} items={edge.hosts} />
      <PlainList
        title={t('panel.callerPrincipals')}
        items={edge.principals?.source}
      />
      <PlainList
        title={t('panel.calleePrincipals')}
        items={edge.principals?.destination}
      />
      <GoOn node={target} source={source} />
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
