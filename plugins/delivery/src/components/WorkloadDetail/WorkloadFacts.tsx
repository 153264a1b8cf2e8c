import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { WorkloadDetails } from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import type { ReactNode } from 'react';
import { deliveryTranslationRef } from '../../translation';
import styles from './WorkloadDetail.module.css';

/** Who keeps a workload as it is, what scales it, and what protects it. */
export function WorkloadFacts(props: { details: WorkloadDetails }) {
  const { summary, budgets, schedule, isPaused, isProtected } = props.details;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  return (
    <dl className={styles.facts}>
      <Fact name={t('workload.managedBy')}>{summary.managedBy.sentence}</Fact>
      <Fact name={t('workload.autoscaler')}>
        {summary.scaler
          ? `${summary.scaler.kind} ${summary.scaler.name}: ${summary.scaler.sentence}`
          : t('workload.noScaler')}
      </Fact>
      <Fact name={t('workload.budgets')}>
        {budgets.length === 0
          ? t('workload.noBudgets')
          : budgets.map(({ name, sentence }) => (
              <div key={name}>{`${name}: ${sentence}`}</div>
            ))}
      </Fact>
      {schedule && <Fact name={t('workload.schedule')}>{schedule}</Fact>}
      {isPaused && (
        <Fact name={t('workload.paused')}>{t('workload.pausedHelp')}</Fact>
      )}
      {isProtected && (
        <Fact name={t('workload.protected')}>
          {t('workload.protectedHelp')}
        </Fact>
      )}
      {summary.createdAt && (
        <Fact name={t('workload.created')}>
          {format.instant(summary.createdAt)}
        </Fact>
      )}
    </dl>
  );
}

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
