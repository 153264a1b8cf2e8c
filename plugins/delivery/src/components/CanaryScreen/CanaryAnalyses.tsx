import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody } from '@backstage/ui';
import type {
  CanaryAnalysis,
  CanaryMetric,
} from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { deliveryTranslationRef } from '../../translation';
import styles from './CanaryAnalyses.module.css';

const GLYPHS: Record<CanaryMetric['state'], string> = {
  passing: '✓',
  failing: '×',
  inconclusive: '…',
  unknown: '?',
  running: '…',
};

/** Every analysis with its metrics, what was measured, and the reason for its verdict. */
export function CanaryAnalyses(props: { analyses: readonly CanaryAnalysis[] }) {
  const { analyses } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  if (analyses.length === 0) {
    return null;
  }
  return (
    <Card>
      <CardBody>
        <h3 className={styles.title}>{t('analyses.title')}</h3>
        {analyses.map((analysis, index) => (
          <details
            key={analysis.name}
            className={styles.analysis}
            open={index === 0}
          >
            <summary>
              <span data-state={analysis.state}>
                {GLYPHS[analysis.state]} {t(`judged.${analysis.state}`)}
              </span>{' '}
              <strong>{analysis.name}</strong> {analysis.sentence}
            </summary>
            {analysis.metrics.map(metric => (
              <Metric key={metric.name} metric={metric} />
            ))}
          </details>
        ))}
      </CardBody>
    </Card>
  );
}

function Metric(props: { metric: CanaryMetric }) {
  const { metric } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const last = metric.measurements.slice(-12);
  return (
    <section className={styles.metric} aria-label={metric.name}>
      <div>
        <span data-state={metric.state}>
          {GLYPHS[metric.state]} {t(`judged.${metric.state}`)}
        </span>{' '}
        <strong>{metric.name}</strong>
        {metric.isDryRun && ` (${t('analyses.dryRun')})`} {metric.sentence}
      </div>
      {metric.successCondition && (
        <div className={styles.small}>
          {t('analyses.success')} <code>{metric.successCondition}</code>
        </div>
      )}
      {metric.failureCondition && (
        <div className={styles.small}>
          {t('analyses.failure')} <code>{metric.failureCondition}</code>
        </div>
      )}
      {metric.query && (
        <details className={styles.small}>
          <summary>PromQL</summary>
          <code>{metric.query}</code>
        </details>
      )}
      {last.length > 0 && (
        <ol className={styles.measurements}>
          {last.map(measurement => (
            <li
              key={measurement.at}
              data-state={measurement.state}
              title={measurement.message ?? format.instant(measurement.at)}
            >
              <span aria-hidden="true">{GLYPHS[measurement.state]}</span>{' '}
              {shortValue(measurement.value)}
              <span className={styles.small}>
                {' '}
                {format.time(measurement.at)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** Engines write numbers to the last bit, some of them in brackets. */
function shortValue(value: string): string {
  return value.replace(/-?\d+\.\d{5,}/g, number =>
    String(Number(Number(number).toPrecision(5))),
  );
}
