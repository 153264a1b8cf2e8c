import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { NumberField } from '@backstage/ui';
import { ActionDialog } from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { deliveryTranslationRef } from '../../translation';
import type { WorkloadDialogProps } from './WorkloadActionDialog';

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
    <ActionDialog
      title={
        isChanged
          ? t('workloadAction.title.scale', {
              number: String(replicas),
              name,
              namespace,
            })
          : t('workloadAction.of.scale', { name, namespace })
      }
      pluginId="delivery"
      action="scale-workload"
      input={isChanged ? { workload: ref, replicas } : undefined}
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
    </ActionDialog>
  );
}
