import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  imageVersion,
  type WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';
import { useId } from 'react';
import { deliveryTranslationRef } from '../../translation';
import { WorkloadDetail } from '../WorkloadDetail';
import { StateMark } from './StateMark';
import styles from './WorkloadsSection.module.css';

/** @public */
export type WorkloadRowProps = {
  workload: WorkloadSummary;
  isOpen: boolean;
  onToggle: () => void;
  onChanged: () => void;
};

/** One workload in a line, and all about it when it is open. */
export function WorkloadRow(props: WorkloadRowProps) {
  const { workload, isOpen, onToggle, onChanged } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const detailId = useId();
  const { pods, images, scaler, managedBy, version } = workload;
  const [main] = images;
  return (
    <li className={styles.item}>
      <div className={styles.row}>
        <div className={styles.cell}>
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={isOpen}
            aria-controls={isOpen ? detailId : undefined}
            onClick={onToggle}
          >
            <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> {workload.name}
          </button>
          <div className={styles.small}>
            {[workload.namespace, workload.cluster, workload.kind].join(' · ')}
          </div>
        </div>
        <div className={styles.cell}>
          <StateMark state={workload.state} />
          <div className={styles.small}>{workload.sentence}</div>
        </div>
        <div className={styles.cell}>
          <span className={styles.version}>
            {version ??
              (main ? imageVersion(main.image) : t('workload.unknown'))}
          </span>
          <div className={styles.image} title={main?.image}>
            {main?.image ?? t('workload.noImage')}
            {images.length > 1 &&
              ` ${t('workload.moreImages', {
                number: String(images.length - 1),
              })}`}
          </div>
        </div>
        <div className={styles.cell}>
          {pods.desired === undefined
            ? t('workload.podsUnknown')
            : t('workload.ready', {
                ready: pods.ready === undefined ? '?' : String(pods.ready),
                desired: String(pods.desired),
              })}
          <div className={styles.small} title={scaler?.sentence}>
            {scaler
              ? t('workload.scaledBy', {
                  kind: scaler.kind,
                  name: scaler.name,
                })
              : t('workload.noScaler')}
          </div>
        </div>
        <div className={styles.managed}>{managedBy.sentence}</div>
      </div>
      {isOpen && (
        <div id={detailId} className={styles.detail}>
          <WorkloadDetail workloadRef={workload.ref} onChanged={onChanged} />
        </div>
      )}
    </li>
  );
}
