import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Feature } from '@orrery/backstage-plugin-mesh-common';
import { meshTranslationRef } from '../../translation';
import { Section } from './Section';
import styles from './SelectionPanel.module.css';

/** What Istio configuration does to traffic, in words, and which object does it. */
export function TrafficRules(props: {
  features: readonly Feature[] | undefined;
  /** Said where there are none; absent means that nothing is said. */
  empty?: string;
}) {
  const { features = [], empty } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  if (features.length === 0 && empty === undefined) {
    return null;
  }
  return (
    <Section title={t('panel.rules')}>
      <ul className={styles.rules}>
        {features.map(({ name, object, summary }) => (
          <li
            key={`${name} ${object} ${summary ?? ''}`}
            data-fault={name === 'fault-injection' || undefined}
          >
            <strong>{t(`panel.feature.${name}`)}</strong>
            {summary && ` ${summary}`}
            <small>{object}</small>
          </li>
        ))}
        {features.length === 0 && <li>{empty}</li>}
      </ul>
    </Section>
  );
}
