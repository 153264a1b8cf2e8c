import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type { GraphEdge } from '@orrery/backstage-plugin-mesh-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { meshTranslationRef } from '../../translation';
import { Section } from './Section';
import styles from './SelectionPanel.module.css';

/** Two reporters that differ by more than this are worth a word. */
const DISAGREEMENT = 0.05;

/** Who counted the requests of an edge, and what it means that they differ. */
export function Reporters(props: { edge: GraphEdge }) {
  const { reported, disagreement } = props.edge;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const reporters = (['source', 'waypoint', 'destination'] as const).filter(
    name => reported[name] !== undefined,
  );
  if (reporters.length === 0) {
    return null;
  }
  const { source, destination } = reported;
  const isLost =
    source !== undefined && destination !== undefined && source > destination;
  return (
    <Section title={t('panel.countedBy')}>
      {disagreement !== undefined && disagreement > DISAGREEMENT && (
        <Alert
          status="info"
          icon
          title={t(isLost ? 'panel.lost' : 'panel.uncounted', {
            percent: format.percent(disagreement),
          })}
        />
      )}
      <dl className={styles.pairs}>
        {reporters.map(name => (
          <div key={name}>
            <dt>{t(`panel.${name}`)}</dt>
            <dd>{format.rate(reported[name])}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
