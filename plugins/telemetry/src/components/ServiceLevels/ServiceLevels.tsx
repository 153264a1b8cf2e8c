import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import {
  ProblemPanel,
  useAsyncValue,
  useFormat,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { telemetryApiRef } from '../../api';
import { telemetryTranslationRef } from '../../translation';
import styles from '../Metrics/Metrics.module.css';

const REFRESH_MILLISECONDS = 60_000;
const GLYPHS = { ok: '✓', slow: '!', fast: '✕', unknown: '?' } as const;

/** What a service promises, and how it stands. */
export function ServiceLevels(props: { serviceRef: string }) {
  const { serviceRef } = props;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const format = useFormat();
  const api = useApi(telemetryApiRef);
  const ask = useCallback(() => api.levels(serviceRef), [api, serviceRef]);
  const { value, error, retry } = useAsyncValue(ask, REFRESH_MILLISECONDS);
  /** Three nines are not 100 %. */
  const exact = (share: number | undefined) =>
    share === undefined
      ? format.percent(share)
      : `${Number((share * 100).toFixed(3))} %`;
  return (
    <section className={styles.panel} aria-label={t('levels.title')}>
      <h2 className={styles.title}>{t('levels.title')}</h2>
      {error && <Alert status="danger" icon title={error.message} />}
      {value && <ProblemPanel {...value.provenance} onRetry={retry} />}
      {value?.levels.length === 0 && (
        <p className={styles.empty}>{t('levels.none')}</p>
      )}
      {value && value.levels.length > 0 && (
        <table className={styles.levels} aria-label={t('levels.title')}>
          <thead>
            <tr>
              <th scope="col">{t('levels.objective')}</th>
              <th scope="col">{t('levels.state')}</th>
              <th scope="col">{t('levels.attained')}</th>
              <th scope="col">{t('levels.budget')}</th>
              <th scope="col">{t('levels.burn')}</th>
            </tr>
          </thead>
          <tbody>
            {value.levels.map(level => (
              <tr key={level.id}>
                <td>
                  {t(`levels.kind.${level.kind}`, {
                    objective: exact(level.objective),
                    threshold: format.milliseconds(level.thresholdMilliseconds),
                    days: String(level.windowDays),
                  })}
                  <div className={styles.quiet}>{level.origin}</div>
                </td>
                <td>
                  <span className={styles.state} data-state={level.state}>
                    {GLYPHS[level.state]} {t(`levels.states.${level.state}`)}
                  </span>
                  {level.reason && (
                    <div className={styles.quiet}>{level.reason}</div>
                  )}
                </td>
                <td>
                  {exact(level.attained)}
                  {level.coverage !== undefined && level.coverage < 0.99 && (
                    <div className={styles.quiet}>
                      {t('levels.coverage', {
                        percent: format.percent(level.coverage),
                        days: String(level.windowDays),
                      })}
                    </div>
                  )}
                </td>
                <td>
                  {level.budgetLeft !== undefined && level.budgetLeft < 0
                    ? t('levels.overspent', {
                        percent: format.percent(-level.budgetLeft),
                      })
                    : format.percent(level.budgetLeft)}
                </td>
                <td>
                  {level.burnRates.map(({ window, rate }) => (
                    <div key={window}>
                      {window}: {format.number(rate)}
                      {rate !== undefined && '×'}
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
