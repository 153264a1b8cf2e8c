import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody, Select, Skeleton, Text } from '@backstage/ui';
import {
  ProblemPanel,
  useUrlParameter,
  useViewState,
} from '@orrery/backstage-plugin-orrery-react';
import { useNumbers } from '../../hooks/useReleaseFacts';
import { deliveryTranslationRef } from '../../translation';
import { NumbersTable } from './NumbersTable';
import styles from './Releases.module.css';

const DAYS = ['7', '30', '90', '365'];

/** The four numbers of delivery by service or by team. */
export function DeliveryNumbersCard() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [view] = useViewState();
  const [by, setBy] = useUrlParameter('by', 'service');
  const [days, setDays] = useUrlParameter('days', '90');
  const { value, error, loading, retry } = useNumbers({
    by: by === 'team' ? 'team' : 'service',
    days: DAYS.includes(days) ? Number(days) : 90,
    cluster: view.cluster,
    namespaces: view.namespaces,
  });
  return (
    <Card>
      <CardBody>
        <div className={styles.head}>
          <h2 className={styles.title}>{t('numbers.title')}</h2>
          <div className={styles.tools}>
            <Select
              size="small"
              aria-label={t('numbers.by')}
              options={(['service', 'team'] as const).map(id => ({
                id,
                label: t(`numbers.${id}`),
              }))}
              value={by === 'team' ? 'team' : 'service'}
              onChange={key => setBy(String(key))}
            />
            <Select
              size="small"
              aria-label={t('numbers.period')}
              options={DAYS.map(id => ({
                id,
                label: t('numbers.days', { days: id }),
              }))}
              value={DAYS.includes(days) ? days : '90'}
              onChange={key => setDays(String(key))}
            />
          </div>
        </div>
        {error && (
          <ProblemPanel
            sources={[
              {
                name: t('numbers.title'),
                state: 'failed',
                reason: error.message,
              },
            ]}
            warnings={[]}
            onRetry={retry}
          />
        )}
        {!value && loading && !error && (
          <div role="status" aria-label={t('numbers.loading')}>
            <Skeleton height={120} />
          </div>
        )}
        {value?.items.length === 0 && <Text>{t('numbers.none')}</Text>}
        {value && value.items.length > 0 && <NumbersTable numbers={value} />}
        <p className={styles.source}>{t('numbers.source')}</p>
      </CardBody>
    </Card>
  );
}
