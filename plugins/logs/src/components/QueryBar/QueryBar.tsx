import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Select } from '@backstage/ui';
import type {
  LogField,
  LogQueryLanguage,
} from '@orrery/backstage-plugin-logs-common';
import { useState } from 'react';
import { queryProblem, type QueryProblem } from '../../model/queryProblem';
import { logsTranslationRef } from '../../translation';
import styles from './QueryBar.module.css';
import { QueryEditor } from './QueryEditor';

export type QueryBarProps = {
  query: string;
  language: LogQueryLanguage;
  fields: readonly LogField[];
  /** Values of a field, the most frequent first. */
  valuesOf: (field: string) => Promise<readonly string[]>;
  /** What the server found wrong with the query that was asked. */
  problem?: QueryProblem;
  onSubmit: (query: string) => void;
  /** Absent where there is one language only. */
  onLanguage?: (language: LogQueryLanguage) => void;
};

/** Where a query is written, with what can be written and what is wrong. */
export function QueryBar(props: QueryBarProps) {
  const { query, language, problem, onSubmit, onLanguage } = props;
  const { t } = useTranslationRef(logsTranslationRef);
  const [draft, setDraft] = useState(query);
  const [asked, setAsked] = useState(query);
  if (asked !== query) {
    // The query came from elsewhere: a filter, a link, going back.
    setAsked(query);
    setDraft(query);
  }
  const shown =
    (draft === query ? problem : undefined) ?? queryProblem(draft, language);
  return (
    <div className={styles.bar}>
      {onLanguage && (
        <div className={styles.language}>
          <Select
            size="small"
            aria-label={t('query.language')}
            options={[
              { id: 'kql', label: 'KQL' },
              { id: 'lucene', label: 'Lucene' },
            ]}
            value={language}
            onChange={key => onLanguage(key === 'lucene' ? 'lucene' : 'kql')}
          />
        </div>
      )}
      <div className={styles.field}>
        <QueryEditor
          text={draft}
          language={language}
          label={t('query.label')}
          placeholder={t(
            language === 'kql' ? 'query.exampleKql' : 'query.exampleLucene',
          )}
          fields={props.fields}
          valuesOf={props.valuesOf}
          problem={shown}
          onChange={setDraft}
          onSubmit={onSubmit}
        />
        {shown && (
          <p className={styles.problem} role="alert">
            {t('query.problem', {
              place: String(shown.position + 1),
              message: shown.message,
            })}
          </p>
        )}
      </div>
      <Button size="small" onPress={() => onSubmit(draft)}>
        {t('query.search')}
      </Button>
    </div>
  );
}
