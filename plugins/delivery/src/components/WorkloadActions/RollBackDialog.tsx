import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Radio, RadioGroup } from '@backstage/ui';
import {
  imageVersion,
  type WorkloadRevision,
} from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { deliveryTranslationRef } from '../../translation';
import type { WorkloadDialogProps } from './WorkloadActionDialog';
import { WorkloadChangeDialog } from './WorkloadChangeDialog';

/** Back to a revision there was before; the newest of them is proposed. */
export function RollBackDialog(props: WorkloadDialogProps) {
  const { details, onClose } = props;
  const { name, namespace, ref } = details.summary;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const [past] = useState(() =>
    details.revisions
      .filter(({ isCurrent }) => !isCurrent)
      .sort((left, right) => right.revision - left.revision),
  );
  const [chosen, setChosen] = useState(past[0]?.revision);
  const versionsOf = ({ images }: WorkloadRevision) =>
    images.map(({ image }) => imageVersion(image)).join(', ');
  const revision = past.find(one => one.revision === chosen);
  return (
    <WorkloadChangeDialog
      title={
        revision
          ? t('workloadAction.title.rollBack', {
              name,
              namespace,
              revision: String(revision.revision),
              version: versionsOf(revision),
            })
          : t('workloadAction.of.rollBack', { name, namespace })
      }
      workload={ref}
      managedBy={details.summary.managedBy}
      action="roll-back"
      input={revision && { revision: revision.revision }}
      onClose={onClose}
    >
      <RadioGroup
        label={t('workloadAction.revision')}
        value={chosen === undefined ? '' : String(chosen)}
        onChange={value => setChosen(Number(value))}
      >
        {past.map(one => (
          <Radio key={one.revision} value={String(one.revision)}>
            {[
              `${one.revision}`,
              one.images.map(({ image }) => image).join(', '),
              one.createdAt && format.ago(one.createdAt, Date.now()),
              one.changeCause,
            ]
              .filter(Boolean)
              .join(' · ')}
          </Radio>
        ))}
      </RadioGroup>
    </WorkloadChangeDialog>
  );
}
