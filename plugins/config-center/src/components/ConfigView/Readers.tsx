import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useAsyncValue } from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { configApiRef } from '../../api';
import { nameOf } from '../../model/serviceName';
import { configTranslationRef } from '../../translation';
import styles from './ConfigView.module.css';

/** Who reads a prefix, and from what that is told. */
export function Readers(props: { service: string }) {
  const { service } = props;
  const { t } = useTranslationRef(configTranslationRef);
  const api = useApi(configApiRef);
  const ask = useCallback(() => api.readers(service), [api, service]);
  const { value, error } = useAsyncValue(ask);
  if (error) {
    return (
      <span className={styles.small}>
        {t('readers.title')}: {t('readers.unknown', { reason: error.message })}
      </span>
    );
  }
  if (!value) {
    return null;
  }
  if (value.readers.length === 0) {
    return <span className={styles.small}>{t('readers.none')}</span>;
  }
  return (
    <span className={styles.small}>
      {t('readers.title')}:{' '}
      {value.readers.map(({ ref, because, isDeclared }, index) => (
        <span key={ref} title={because}>
          {index > 0 && ', '}
          {nameOf(ref)}
          {!isDeclared && ` (${t('readers.maybe')})`}
        </span>
      ))}
    </span>
  );
}
