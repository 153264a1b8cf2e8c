import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonIcon, Skeleton } from '@backstage/ui';
import {
  useAsyncValue,
  useFormat,
} from '@orrery/backstage-plugin-orrery-react';
import { RiZoomInLine, RiZoomOutLine } from '@remixicon/react';
import { useCallback } from 'react';
import { logsApiRef, type LogRequest } from '../../api';
import { logsTranslationRef } from '../../translation';
import styles from './FieldSidebar.module.css';

/** The values of a field that most of the lines found have. */
export function FieldValues(props: {
  field: string;
  request: LogRequest;
  isColumn: boolean;
  onFilter: (field: string, value: string, isNegated: boolean) => void;
  onColumn: (field: string) => void;
}) {
  const { field, request, isColumn, onFilter, onColumn } = props;
  const { t } = useTranslationRef(logsTranslationRef);
  const api = useApi(logsApiRef);
  const format = useFormat();
  const key = JSON.stringify(request);
  const ask = useCallback(
    () => api.values(JSON.parse(key), field),
    [api, key, field],
  );
  const { value: told, error } = useAsyncValue(ask);
  const sum = told
    ? told.values.reduce((total, { count }) => total + count, told.others)
    : 0;
  return (
    <div className={styles.values}>
      {error && <p className={styles.hint}>{error.message}</p>}
      {!told && !error && <Skeleton height={60} />}
      {told?.values.length === 0 && (
        <p className={styles.hint}>{t('fields.noValues')}</p>
      )}
      {told?.examined !== undefined && (
        <p className={styles.hint}>
          {t('fields.examined', { number: String(told.examined) })}
        </p>
      )}
      <ul className={styles.list}>
        {told?.values.map(({ value, count }) => (
          <li key={value} className={styles.value}>
            <span className={styles.valueText} title={value}>
              {value === '' ? t('fields.empty') : value}
            </span>
            <span className={styles.share} title={String(count)}>
              {format.percent(count / sum)}
            </span>
            <ButtonIcon
              size="small"
              variant="tertiary"
              icon={<RiZoomInLine />}
              aria-label={t('line.filterIn', { name: field, value })}
              onPress={() => onFilter(field, value, false)}
            />
            <ButtonIcon
              size="small"
              variant="tertiary"
              icon={<RiZoomOutLine />}
              aria-label={t('line.filterOut', { name: field, value })}
              onPress={() => onFilter(field, value, true)}
            />
          </li>
        ))}
      </ul>
      <Button size="small" variant="tertiary" onPress={() => onColumn(field)}>
        {t(isColumn ? 'fields.removeColumn' : 'fields.addColumn')}
      </Button>
    </div>
  );
}
