import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import type {
  WorkloadDetails,
  WorkloadPod,
} from '@orrery/backstage-plugin-delivery-common';
import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import {
  useFormat,
  usePermittedActions,
} from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { deliveryTranslationRef } from '../../translation';
import { PodLogDrawer } from '../PodLog';
import { StateMark } from '../WorkloadsSection/StateMark';
import styles from './WorkloadDetail.module.css';

/** @public */
export type PodsPanelProps = {
  details: WorkloadDetails;
  /** @param pod - ref of the pod */
  onDelete: (pod: string) => void;
};

/** The pods of a workload, with their logs. */
export function PodsPanel(props: PodsPanelProps) {
  const { details, onDelete } = props;
  const { summary, pods } = details;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [log, setLog] = useState<{ pod: WorkloadPod; previous: boolean }>();
  const refOf = ({ name }: WorkloadPod) =>
    formatRef({
      type: 'workload',
      cluster: summary.cluster,
      namespace: summary.namespace,
      kind: 'Pod',
      name,
    });
  const { value: permitted } = usePermittedActions(
    'delivery',
    pods.map(pod => ({ action: 'delete-pod', input: { pod: refOf(pod) } })),
  );
  return (
    <section>
      <h3 className={styles.heading}>{t('pod.title')}</h3>
      {pods.length === 0 ? (
        <Text>{t('pod.none')}</Text>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table} aria-label={t('pod.title')}>
            <thead>
              <tr>
                <th scope="col">{t('pod.name')}</th>
                <th scope="col">{t('pod.status')}</th>
                <th scope="col">{t('pod.version')}</th>
                <th scope="col" className={styles.number}>
                  {t('pod.restarts')}
                </th>
                <th scope="col">{t('pod.age')}</th>
                <th scope="col" aria-label={t('pod.actions')} />
              </tr>
            </thead>
            <tbody>
              {pods.map((pod, index) => (
                <PodRow
                  key={pod.name}
                  pod={pod}
                  onLog={previous => setLog({ pod, previous })}
                  onDelete={
                    permitted?.[index]?.allowed
                      ? () => onDelete(refOf(pod))
                      : undefined
                  }
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {log && (
        <PodLogDrawer
          podRef={refOf(log.pod)}
          pod={log.pod}
          previous={log.previous}
          onClose={() => setLog(undefined)}
        />
      )}
    </section>
  );
}

function PodRow(props: {
  pod: WorkloadPod;
  onLog: (previous: boolean) => void;
  onDelete: (() => void) | undefined;
}) {
  const { pod, onLog, onDelete } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const { name } = pod;
  return (
    <tr>
      <th scope="row">
        <span className={styles.code}>{name}</span>
        <div className={styles.small}>
          {pod.node ? t('pod.onNode', { node: pod.node }) : t('pod.noNode')}
        </div>
      </th>
      <td>
        <StateMark state={pod.state} />
        <div className={styles.small}>{pod.sentence}</div>
      </td>
      <td>{pod.version ?? t('workload.unknown')}</td>
      <td className={styles.number}>{format.number(pod.restarts)}</td>
      <td>
        {pod.createdAt ? (
          <span title={format.instant(pod.createdAt)}>
            {format.ago(pod.createdAt, Date.now())}
          </span>
        ) : (
          t('workload.unknown')
        )}
      </td>
      <td>
        <div className={styles.actions}>
          <Button
            size="small"
            variant="tertiary"
            aria-label={t('pod.logOf', { name })}
            onPress={() => onLog(false)}
          >
            {t('pod.log')}
          </Button>
          {pod.restarts > 0 && (
            <Button
              size="small"
              variant="tertiary"
              aria-label={t('pod.previousLogOf', { name })}
              onPress={() => onLog(true)}
            >
              {t('pod.previousLog')}
            </Button>
          )}
          {onDelete && (
            <Button
              size="small"
              variant="tertiary"
              aria-label={t('pod.deleteOf', { name })}
              onPress={onDelete}
            >
              {t('pod.delete')}
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
}
