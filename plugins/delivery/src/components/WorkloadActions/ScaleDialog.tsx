import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { NumberField } from '@backstage/ui';
import { useState } from 'react';
import { deliveryTranslationRef } from '../../translation';
import type { WorkloadDialogProps } from './WorkloadActionDialog';
import { WorkloadChangeDialog } from './WorkloadChangeDialog';

const MOST_REPLICAS = 10_000;

/** Another number of pods. */
export function ScaleDialog(props: WorkloadDialogProps) {
  const { details, onClose } = props;
  const { name, namespace, ref, pods } = details.summary;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [replicas, setReplicas] = useState(pods.desired ?? 1);
  const isChanged =
    Number.isInteger(replicas) && replicas !== (pods.desired ?? -1);
  return (
    <WorkloadChangeDialog
      title={
        isChanged
          ? t('workloadAction.title.scale', {
              number: String(replicas),
              name,
              namespace,
            })
          : t('workloadAction.of.scale', { name, namespace })
      }
      workload={ref}
      managedBy={details.summary.managedBy}
      action="scale-workload"
      input={isChanged ? { replicas } : undefined}
      onClose={onClose}
    >
      <NumberField
        label={t('workloadAction.replicas')}
        minValue={0}
        maxValue={MOST_REPLICAS}
        step={1}
        value={replicas}
        onChange={setReplicas}
      />
    </WorkloadChangeDialog>
  );
}
