import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Card,
  CardBody,
  CardHeader,
  Skeleton,
  Text,
} from '@backstage/ui';
import type { ServiceSummary } from '@orrery/backstage-plugin-mesh-common';
import {
  HealthMark,
  Sparkline,
  useFormat,
} from '@orrery/backstage-plugin-orrery-react';
import { useBoundEntity } from '../../hooks/useBoundEntity';
import { useSummaries } from '../../hooks/useSummaries';
import { useTrafficHistory } from '../../hooks/useTrafficHistory';
import { summaryOfEntity } from '../../model/bindSummary';
import { meshTranslationRef } from '../../translation';
import { NotInMesh } from '../NotInMesh';
import styles from './ServiceHealthCard.module.css';

/** How a service is: verdict, rate, errors, latency, versions. @public */
export function ServiceHealthCard() {
  const { t } = useTranslationRef(meshTranslationRef);
  const { entity, binding } = useBoundEntity();
  const { value, error } = useSummaries(binding?.cluster);
  const summary = summaryOfEntity(value, entity);
  return (
    <Card>
      <CardHeader>
        <Text as="h2" variant="title-x-small">
          {t('card.health')}
        </Text>
      </CardHeader>
      <CardBody>
        {error && (
          <Alert
            status="warning"
            icon
            title={t('card.failed', { reason: error.message })}
          />
        )}
        {!value && !error && (
          <div role="status" aria-label={t('card.loading')}>
            <Skeleton height={96} />
          </div>
        )}
        {value && !summary && binding && <NotInMesh binding={binding} />}
        {summary && <Summary summary={summary} />}
      </CardBody>
    </Card>
  );
}

function Summary(props: { summary: ServiceSummary }) {
  const { summary } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const history = useTrafficHistory({
    cluster: summary.cluster,
    namespaces: [],
    graphType: 'app',
    duration: '1m',
    target: summary.id,
    range: '1h',
  }).value;
  const facts: [string, string][] = [
    [t('panel.rate'), format.rate(summary.requestsPerSecond)],
    [t('panel.errors'), format.percent(summary.errorShare)],
    [t('panel.p95'), format.milliseconds(summary.p95Milliseconds)],
    [t('table.versions'), summary.versions.join(', ') || '–'],
  ];
  return (
    <>
      <div className={styles.verdict}>
        <HealthMark state={summary.health.state} showWord />
        {summary.health.reasons.map(reason => (
          <div key={reason} className={styles.reason}>
            {reason}
          </div>
        ))}
      </div>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {history && (
        <div className={styles.lines}>
          <Sparkline
            width={220}
            height={32}
            values={history.requestsPerSecond}
            label={`${t('panel.requestsLine')}: ${format.rate(
              summary.requestsPerSecond,
            )}`}
          />
          <Sparkline
            width={220}
            height={24}
            tone="negative"
            values={history.errorsPerSecond}
            label={`${t('panel.errorsLine')}: ${format.percent(
              summary.errorShare,
            )}`}
          />
        </div>
      )}
    </>
  );
}
