import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Combobox, Switch, TextField } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { useTagSuggestions } from '../../hooks/useTagSuggestions';
import type { TraceSearch } from '../../hooks/useTraceSearch';
import { useTraceNames } from '../../hooks/useTraces';
import { telemetryTranslationRef } from '../../translation';
import styles from './Traces.module.css';

/** @public */
export type TraceSearchFormProps = {
  cluster: string;
  /** `app.namespace`. */
  service: string;
  search: TraceSearch;
  onSearch: (search: TraceSearch) => void;
};

/** What traces are searched by. */
export function TraceSearchForm(props: TraceSearchFormProps) {
  const { cluster, service, search, onSearch } = props;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const [draft, setDraft] = useState(search);
  useEffect(() => setDraft(search), [search]);
  const { value: names } = useTraceNames(cluster, service);
  const suggestions = useTagSuggestions(
    cluster,
    draft.tags ?? '',
    names?.tagKeys ?? [],
  );
  const change = (part: TraceSearch) => setDraft({ ...draft, ...part });
  const options = (list: readonly string[]) =>
    list.map(name => ({ id: name, label: name }));
  return (
    <form
      className={styles.form}
      role="search"
      aria-label={t('search.title')}
      onSubmit={event => {
        event.preventDefault();
        onSearch(draft);
      }}
    >
      <Combobox
        size="small"
        className={styles.wide}
        label={t('search.spanName')}
        allowsCustomValue
        options={options(names?.spanNames ?? [])}
        inputValue={draft.spanName ?? ''}
        onInputChange={spanName => change({ spanName })}
      />
      <Combobox
        size="small"
        className={styles.wide}
        label={t('search.remoteService')}
        allowsCustomValue
        options={options(
          (names?.services ?? []).filter(name => name !== service),
        )}
        inputValue={draft.remoteService ?? ''}
        onInputChange={remoteService => change({ remoteService })}
      />
      <Combobox
        size="small"
        className={styles.wide}
        label={t('search.tags')}
        placeholder="http.status_code=503 and error"
        allowsCustomValue
        options={options(suggestions)}
        inputValue={draft.tags ?? ''}
        onInputChange={tags => change({ tags })}
      />
      <TextField
        size="small"
        className={styles.narrow}
        label={t('search.version')}
        value={draft.version ?? ''}
        onChange={version => change({ version })}
      />
      <TextField
        size="small"
        className={styles.narrow}
        label={t('search.minDuration')}
        inputMode="numeric"
        value={draft.minDurationMilliseconds ?? ''}
        onChange={text => change({ minDurationMilliseconds: text })}
      />
      <TextField
        size="small"
        className={styles.narrow}
        label={t('search.maxDuration')}
        inputMode="numeric"
        value={draft.maxDurationMilliseconds ?? ''}
        onChange={text => change({ maxDurationMilliseconds: text })}
      />
      <Switch
        label={t('search.errorsOnly')}
        isSelected={draft.errorsOnly === 'true'}
        onChange={isSelected => {
          const next = { ...draft, errorsOnly: isSelected ? 'true' : '' };
          setDraft(next);
          onSearch(next);
        }}
      />
      <Button type="submit" size="small">
        {t('search.submit')}
      </Button>
    </form>
  );
}
