import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Card,
  CardBody,
  CardHeader,
  Skeleton,
  Text,
} from '@backstage/ui';
import type { Activity } from '@orrery/backstage-plugin-orrery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useActivities } from '../../hooks/useActivities';
import { orreryTranslationRef } from '../../translation';
import styles from './ActivityCard.module.css';

const GLYPHS: Record<Activity['state'], string> = {
  waiting: '○',
  running: '…',
  succeeded: '✓',
  failed: '✕',
  rejected: '⊘',
  withdrawn: '↩',
  expired: '⌛',
};

/** Who did what, why, and how it ended; the newest first. @public */
export function ActivityCard() {
  const { t } = useTranslationRef(orreryTranslationRef);
  const { value, error, loading, retry } = useActivities();
  return (
    <Card>
      <CardHeader>
        <Text as="h2" variant="title-x-small">
          {t('activity.title')}
        </Text>
      </CardHeader>
      <CardBody>
        {error && (
          <Alert
            status="warning"
            icon
            title={t('activity.failed', { reason: error.message })}
            customActions={
              <Button size="small" variant="secondary" onPress={retry}>
                {t('activity.retry')}
              </Button>
            }
          />
        )}
        {loading && !value && (
          <div role="status" aria-label={t('activity.loading')}>
            <Skeleton height={64} />
          </div>
        )}
        {value?.items.length === 0 && (
          <>
            <Text as="p">{t('activity.empty')}</Text>
            <Text as="p">{t('activity.emptyHelp')}</Text>
          </>
        )}
        {value && value.items.length > 0 && (
          <ol className={styles.list}>
            {value.items.map(activity => (
              <ActivityItem key={activity.id} activity={activity} />
            ))}
          </ol>
        )}
      </CardBody>
    </Card>
  );
}

function ActivityItem(props: { activity: Activity }) {
  const { activity } = props;
  const { t } = useTranslationRef(orreryTranslationRef);
  const format = useFormat();
  const words: Record<Activity['state'], string> = {
    running: t('activity.running'),
    succeeded: t('activity.succeeded'),
    failed: t('activity.failedState'),
    waiting: t('activity.waiting'),
    rejected: t('activity.rejected'),
    withdrawn: t('activity.withdrawn'),
    expired: t('activity.expired'),
  };
  return (
    <li className={styles.item} data-state={activity.state}>
      <span className={styles.state}>
        <span aria-hidden="true">{GLYPHS[activity.state]}</span>{' '}
        {words[activity.state]}
      </span>
      <span className={styles.summary}>{activity.summary}</span>
      <span className={styles.detail}>
        {activity.message}. “{activity.reason}”
      </span>
      <span className={styles.detail}>
        {activity.actor}
        {activity.approval?.decision === 'approved' &&
          activity.approval.decidedBy &&
          ` · ${t('activity.approvedBy', {
            person: activity.approval.decidedBy,
          })}`}
        {' · '}
        <time
          dateTime={activity.startedAt}
          title={format.instant(activity.startedAt)}
        >
          {format.ago(activity.startedAt, Date.now())}
        </time>
      </span>
    </li>
  );
}
