import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Operation } from '@orrery/backstage-plugin-mesh-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { meshTranslationRef } from '../../translation';
import { Section } from './Section';
import styles from './SelectionPanel.module.css';

/** What was asked for, most first, where an aggregating label tells. */
export function Operations(props: {
  operations: readonly Operation[] | undefined;
}) {
  const { operations = [] } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  return operations.length === 0 ? null : (
    <Section title={t('panel.operations')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('panel.operation')}</th>
            <th scope="col">{t('panel.rate')}</th>
            <th scope="col">{t('panel.errors')}</th>
          </tr>
        </thead>
        <tbody>
          {operations.map(({ name, requestsPerSecond, errorShare }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{format.rate(requestsPerSecond)}</td>
              <td>{format.percent(errorShare)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
