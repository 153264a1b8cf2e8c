import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, TextField } from '@backstage/ui';
import {
  parseTraceId,
  type TraceAddress,
} from '@orrery/backstage-plugin-telemetry-common';
import { useState } from 'react';
import { telemetryTranslationRef } from '../../translation';
import styles from './TracesPage.module.css';

/** Opens a trace by its id, as a log line or a header has it. */
export function OpenTrace(props: { onOpen: (address: TraceAddress) => void }) {
  const { t } = useTranslationRef(telemetryTranslationRef);
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  return (
    <form
      className={styles.open}
      onSubmit={event => {
        event.preventDefault();
        try {
          props.onOpen(parseTraceId(text));
          setWrong(false);
        } catch {
          setWrong(true);
        }
      }}
    >
      <TextField
        size="small"
        aria-label={t('open.label')}
        placeholder={t('open.label')}
        value={text}
        isInvalid={isWrong}
        onChange={next => {
          setText(next);
          setWrong(false);
        }}
      />
      <Button type="submit" size="small" variant="secondary">
        {t('open.submit')}
      </Button>
      {isWrong && <span role="alert">{t('open.wrong')}</span>}
    </form>
  );
}
