import {
  useApiHolder,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  spanLogsApiRef,
  useAsyncValue,
  useFormat,
  type SpanLogsApi,
  type SpanLogsQuery,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { telemetryTranslationRef } from '../../translation';
import styles from './TraceView.module.css';

/** What a service wrote while it worked on a span; nothing where no logs are installed. */
export function SpanLogs(props: { query: SpanLogsQuery }) {
  const api = useApiHolder().get(spanLogsApiRef);
  return api ? <Lines api={api} query={props.query} /> : null;
}

function Lines(props: { api: SpanLogsApi; query: SpanLogsQuery }) {
  const { api } = props;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const format = useFormat();
  const text = JSON.stringify(props.query);
  const ask = useCallback(() => api.linesOf(JSON.parse(text)), [api, text]);
  const lines = useAsyncValue(ask);
  let told: string | undefined;
  if (lines.error) {
    told = t('span.linesFailed', { reason: lines.error.message });
  } else if (!lines.value) {
    told = t('span.linesWaiting');
  } else if (lines.value.length === 0) {
    told = t('span.noLines');
  }
  return (
    <section aria-label={t('span.lines')}>
      <h4>{t('span.lines')}</h4>
      {told !== undefined && <p role="status">{told}</p>}
      <ul className={styles.lines}>
        {lines.value?.map(line => (
          <li key={line.id} data-level={line.level}>
            <span title={format.instant(line.at)}>{line.at.slice(11, 23)}</span>{' '}
            <strong>
              {line.level === 'unknown' ? '' : line.level.toUpperCase()}
            </strong>{' '}
            {line.text}
          </li>
        ))}
      </ul>
    </section>
  );
}
