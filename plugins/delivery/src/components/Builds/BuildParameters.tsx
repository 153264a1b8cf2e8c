import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { deliveryTranslationRef } from '../../translation';
import styles from './Builds.module.css';

/** What a build was asked for; what has no value is the job's own. */
export function BuildParameters(props: {
  parameters: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const entries = Object.entries(props.parameters);
  if (entries.length === 0) {
    return <span className={styles.small}>{t('build.noParameters')}</span>;
  }
  return (
    <span className={styles.parameters}>
      {entries.map(([name, value]) => (
        <span key={name} className={styles.parameter}>
          <span className={styles.small}>{name}</span>{' '}
          {value === '' ? '–' : value}
        </span>
      ))}
    </span>
  );
}
