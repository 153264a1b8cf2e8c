import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  explainHealth,
  type ExplainedCall,
  type LikelyCause,
  type MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import { HealthMark, useFormat } from '@orrery/backstage-plugin-orrery-react';
import { Fragment, useMemo } from 'react';
import { nodeText } from '../../model/words';
import { meshTranslationRef } from '../../translation';
import { Section } from './Section';
import styles from './SelectionPanel.module.css';

/** More would be a list to search, not an explanation. */
const SHOWN = 5;

/** Where the trouble of a node seems to start, and the way there. */
export function Why(props: {
  graph: MeshGraph;
  id: string;
  onSelect: (id: string) => void;
}) {
  const { graph, id, onSelect } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const causes = useMemo(
    () => explainHealth(graph, id)?.likelyCauses ?? [],
    [graph, id],
  );
  const names = useMemo(
    () => new Map(graph.nodes.map(node => [node.id, nodeText(node)])),
    [graph],
  );
  if (causes.length === 0) {
    return null;
  }
  return (
    <Section title={t('panel.why')}>
      <ol className={styles.causes}>
        {causes.slice(0, SHOWN).map(cause => (
          <li key={cause.id}>
            <Cause
              cause={cause}
              start={id}
              nameOf={nodeId => names.get(nodeId) ?? nodeId}
              onSelect={onSelect}
            />
          </li>
        ))}
      </ol>
      {causes.length > SHOWN && <small>+ {causes.length - SHOWN}</small>}
      <p className={styles.note}>{t('panel.whyGuess')}</p>
    </Section>
  );
}

function Cause(props: {
  cause: LikelyCause;
  start: string;
  nameOf: (id: string) => string;
  onSelect: (id: string) => void;
}) {
  const { cause, start, nameOf, onSelect } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const link = (id: string, text: string) => (
    <button type="button" className={styles.link} onClick={() => onSelect(id)}>
      {text}
    </button>
  );
  const said = ({ errorsPerSecond, answers }: ExplainedCall) =>
    errorsPerSecond !== undefined && errorsPerSecond > 0
      ? t('panel.whyFails', {
          rate: format.rate(errorsPerSecond),
          answers: answers.slice(0, 2).join(', '),
        })
      : t('panel.whySlow');
  return (
    <>
      <HealthMark state={cause.health.state} />{' '}
      {cause.path.length > 0 ? (
        <>
          {nameOf(start)}
          {cause.path.map(call => (
            <Fragment key={call.target}>
              {' → '}
              {link(call.target, nameOf(call.target))}{' '}
              <span className={styles.said}>({said(call)})</span>
            </Fragment>
          ))}
        </>
      ) : (
        t('panel.whyItself')
      )}
      {cause.features.map(({ object, summary }) => (
        <small key={`${object} ${summary}`}>
          {t('panel.feature.fault-injection')} {summary} ({object})
        </small>
      ))}
    </>
  );
}
