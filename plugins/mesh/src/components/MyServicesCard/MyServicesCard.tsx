import type { Entity } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Card,
  CardBody,
  CardHeader,
  Link,
  Skeleton,
  Text,
} from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { ServiceSummary } from '@orrery/backstage-plugin-mesh-common';
import { compareHealth } from '@orrery/backstage-plugin-orrery-common';
import { HealthMark, useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useMyEntities } from '../../hooks/useMyEntities';
import { useSummaries } from '../../hooks/useSummaries';
import { summaryOfEntity } from '../../model/bindSummary';
import { meshTranslationRef } from '../../translation';
import styles from './MyServicesCard.module.css';

/** The services that I or my groups own, the worst first. @public */
export function MyServicesCard() {
  const { t } = useTranslationRef(meshTranslationRef);
  const mine = useMyEntities();
  const summaries = useSummaries();
  const error = mine.error ?? summaries.error;
  const rows = (mine.value ?? [])
    .map(entity => ({
      entity,
      summary: summaryOfEntity(summaries.value, entity),
    }))
    .sort(
      (left, right) =>
        compareHealth(
          left.summary?.health.state ?? 'unknown',
          right.summary?.health.state ?? 'unknown',
        ) ||
        left.entity.metadata.name.localeCompare(right.entity.metadata.name),
    );
  return (
    <Card>
      <CardHeader>
        <Text as="h2" variant="title-x-small">
          {t('card.myServices')}
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
        {!mine.value && !mine.error && (
          <div role="status" aria-label={t('card.loading')}>
            <Skeleton height={96} />
          </div>
        )}
        {mine.value?.length === 0 && (
          <>
            <Text as="p">{t('card.myServicesEmpty')}</Text>
            <Text as="p">{t('card.myServicesEmptyHelp')}</Text>
            <Link href="/catalog?filters[user]=all">{t('card.browse')}</Link>
          </>
        )}
        {rows.length > 0 && <ServiceTable rows={rows} />}
      </CardBody>
    </Card>
  );
}

function ServiceTable(props: {
  rows: readonly { entity: Entity; summary: ServiceSummary | undefined }[];
}) {
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('card.service')}</th>
          <th scope="col">{t('table.health')}</th>
          <th scope="col">{t('table.rate')}</th>
          <th scope="col">{t('table.errors')}</th>
          <th scope="col">{t('table.p95')}</th>
          <th scope="col">{t('table.versions')}</th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map(({ entity, summary }) => (
          <tr key={`${entity.kind} ${entity.metadata.name}`}>
            <th scope="row">
              <EntityRefLink entityRef={entity} hideIcon />
            </th>
            <td title={summary?.health.reasons.join('; ')}>
              <HealthMark state={summary?.health.state ?? 'unknown'} showWord />
            </td>
            <td>{format.rate(summary?.requestsPerSecond)}</td>
            <td>{format.percent(summary?.errorShare)}</td>
            <td>{format.milliseconds(summary?.p95Milliseconds)}</td>
            <td>{summary?.versions.join(', ') || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
