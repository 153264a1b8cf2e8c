import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SearchField } from '@backstage/ui';
import type { LogField } from '@orrery/backstage-plugin-logs-common';
import { useMemo, useState } from 'react';
import type { LogRequest } from '../../api';
import { logsTranslationRef } from '../../translation';
import styles from './FieldSidebar.module.css';
import { FieldValues } from './FieldValues';

export type FieldSidebarProps = {
  fields: readonly LogField[];
  /** What values are counted of. */
  request: LogRequest;
  columns: readonly string[];
  onFilter: (field: string, value: string, isNegated: boolean) => void;
  onColumn: (field: string) => void;
};

/** More than these are found by their names. */
const MOST = 200;

/** Fields of the store; a press shows the values that most lines have. */
export function FieldSidebar(props: FieldSidebarProps) {
  const { fields, columns } = props;
  const { t } = useTranslationRef(logsTranslationRef);
  const [text, setText] = useState('');
  const [open, setOpen] = useState<string>();
  const found = useMemo(() => {
    const wanted = text.toLocaleLowerCase();
    return fields.filter(({ name }) =>
      name.toLocaleLowerCase().includes(wanted),
    );
  }, [fields, text]);
  return (
    <section className={styles.sidebar} aria-label={t('fields.title')}>
      <SearchField
        size="small"
        aria-label={t('fields.find')}
        placeholder={t('fields.find')}
        value={text}
        onChange={setText}
      />
      <ul
        className={styles.list}
        tabIndex={found.length > 0 ? 0 : -1}
        aria-label={t('fields.title')}
      >
        {found.slice(0, MOST).map(field => (
          <li key={field.name}>
            <button
              type="button"
              className={styles.field}
              aria-expanded={open === field.name}
              onClick={() =>
                setOpen(open === field.name ? undefined : field.name)
              }
            >
              <span className={styles.name}>{field.name}</span>
              <span className={styles.type}>{field.types.join(', ')}</span>
            </button>
            {open === field.name && (
              <>
                {field.problem && (
                  <p className={styles.hint}>{field.problem}</p>
                )}
                <FieldValues
                  field={field.name}
                  request={props.request}
                  isColumn={columns.includes(field.name)}
                  onFilter={props.onFilter}
                  onColumn={props.onColumn}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p className={styles.hint}>
          {t(fields.length === 0 ? 'fields.none' : 'fields.noneFound')}
        </p>
      )}
      {found.length > MOST && (
        <p className={styles.hint}>
          {t('fields.more', { number: String(found.length - MOST) })}
        </p>
      )}
    </section>
  );
}
