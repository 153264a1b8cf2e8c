import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Skeleton } from '@backstage/ui';
import type { GraphResponse } from '@orrery/backstage-plugin-mesh-common';
import type { Health } from '@orrery/backstage-plugin-orrery-common';
import { HealthMark, useFormat } from '@orrery/backstage-plugin-orrery-react';
import type { MeshApi } from '../../api';
import { useTrafficHistory } from '../../hooks/useTrafficHistory';
import { meshTranslationRef } from '../../translation';
import { TrafficChart } from '../TrafficChart';
import { explainFlags } from './explainFlags';
import { Section } from './Section';
import styles from './SelectionPanel.module.css';

/** The verdict and its reasons. */
export function Verdict(props: { health: Health }) {
  const { health } = props;
  return (
    <div className={styles.verdict} data-state={health.state}>
      <HealthMark state={health.state} showWord />
      {health.reasons.map(reason => (
        <div key={reason}>{reason}</div>
      ))}
    </div>
  );
}

/** Codes and flags, in words, with their share. */
export function Answers(props: { responses: readonly GraphResponse[] }) {
  const { responses } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const total = responses.reduce(
    (sum, response) => sum + response.requestsPerSecond,
    0,
  );
  if (responses.length === 0) {
    return null;
  }
  return (
    <Section title={t('panel.answers')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('panel.code')}</th>
            <th scope="col">{t('panel.rate')}</th>
            <th scope="col">{t('panel.share')}</th>
          </tr>
        </thead>
        <tbody>
          {responses.map(response => {
            const flags = explainFlags(response.flags, t);
            return (
              <tr
                key={`${response.protocol} ${response.code} ${response.flags}`}
                data-error={response.error || undefined}
              >
                <th scope="row">
                  {response.protocol === 'grpc' && 'gRPC '}
                  {response.code}
                  {flags && <small> {flags}</small>}
                </th>
                <td>{format.rate(response.requestsPerSecond)}</td>
                <td>
                  {format.percent(
                    total > 0 ? response.requestsPerSecond / total : undefined,
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}

/** Traffic of the last half hour. */
export function History(props: { request: Parameters<MeshApi['history']>[0] }) {
  const { request } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const { value, error } = useTrafficHistory(request);
  const failed = value?.sources.find(source => source.state !== 'ok');
  const reason = error?.message ?? failed?.reason;
  return (
    <Section title={t('panel.history', { range: request.range })}>
      {reason !== undefined && (
        <Alert
          status="warning"
          icon
          title={t('panel.historyFailed', { reason })}
        />
      )}
      {!value && !error && <Skeleton height={96} />}
      {value && !failed && (
        <>
          <TrafficChart history={value} />
          <details className={styles.promql}>
            <summary>{t('panel.promql')}</summary>
            {Object.entries(value.queries).map(([name, query]) => (
              <code key={name} className={styles.code}>
                {query}
              </code>
            ))}
          </details>
        </>
      )}
    </Section>
  );
}
