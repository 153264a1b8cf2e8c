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
import {
  useFormat,
  type ApprovalVerb,
} from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { useWaiting } from '../../hooks/useWaiting';
import { orreryTranslationRef } from '../../translation';
import { DecisionDialog } from './DecisionDialog';
import styles from './WaitingCard.module.css';

type Decision = { activity: Activity; verb: ApprovalVerb };

/** What waits for the viewer's approval, and what they asked for themselves. @public */
export function WaitingCard() {
  const { t } = useTranslationRef(orreryTranslationRef);
  const { value, error, loading, retry } = useWaiting();
  const [decision, setDecision] = useState<Decision>();
  const { forMe = [], mine = [] } = value ?? {};
  return (
    <Card>
      <CardHeader>
        <Text as="h2" variant="title-x-small">
          {t('waiting.title')}
        </Text>
      </CardHeader>
      <CardBody>
        {error && (
          <Alert
            status="warning"
            icon
            title={t('waiting.failed', { reason: error.message })}
            customActions={
              <Button size="small" variant="secondary" onPress={retry}>
                {t('activity.retry')}
              </Button>
            }
          />
        )}
        {loading && !value && !error && (
          <div role="status" aria-label={t('waiting.loading')}>
            <Skeleton height={48} />
          </div>
        )}
        {value && forMe.length + mine.length === 0 && (
          <Text as="p">{t('waiting.empty')}</Text>
        )}
        <ul className={styles.list}>
          {forMe.map(activity => (
            <WaitingItem
              key={activity.id}
              activity={activity}
              verbs={['approve', 'reject']}
              onDecide={verb => setDecision({ activity, verb })}
            />
          ))}
          {mine.map(activity => (
            <WaitingItem
              key={activity.id}
              activity={activity}
              verbs={['withdraw']}
              onDecide={verb => setDecision({ activity, verb })}
            />
          ))}
        </ul>
      </CardBody>
      {decision && (
        <DecisionDialog
          {...decision}
          onClose={() => {
            setDecision(undefined);
            retry();
          }}
        />
      )}
    </Card>
  );
}

function WaitingItem(props: {
  activity: Activity;
  verbs: readonly ApprovalVerb[];
  onDecide: (verb: ApprovalVerb) => void;
}) {
  const { activity, verbs, onDecide } = props;
  const { t } = useTranslationRef(orreryTranslationRef);
  const format = useFormat();
  return (
    <li className={styles.item}>
      <span>{activity.summary}</span>
      <span className={styles.detail}>
        {t('waiting.asked', { actor: activity.actor, reason: activity.reason })}
        {' · '}
        <time
          dateTime={activity.startedAt}
          title={format.instant(activity.startedAt)}
        >
          {format.ago(activity.startedAt, Date.now())}
        </time>
        {activity.approval &&
          ` · ${t('waiting.until', {
            instant: format.instant(activity.approval.neededUntil),
          })}`}
      </span>
      <span className={styles.buttons}>
        {verbs.map(verb => (
          <Button
            key={verb}
            size="small"
            variant={verb === 'approve' ? 'primary' : 'secondary'}
            aria-label={`${t(`waiting.${verb}`)}: ${activity.summary}`}
            onPress={() => onDecide(verb)}
          >
            {t(`waiting.${verb}`)}
          </Button>
        ))}
      </span>
    </li>
  );
}
