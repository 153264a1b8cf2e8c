import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ManagedBy,
  Release,
} from '@orrery/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../../translation';
import { WorkloadChangeDialog } from '../WorkloadActions';

/** Goes back to what an earlier release ran. */
export function RollBackDialog(props: {
  release: Release;
  /** Who keeps the workload as it is, where that is known. */
  managedBy: ManagedBy | undefined;
  onClose: () => void;
}) {
  const { release, managedBy, onClose } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { workload, revision } = release;
  return (
    <WorkloadChangeDialog
      title={t('release.rollBackTo', {
        name: workload.split('/').at(-1) ?? release.app,
        version: release.version ?? String(revision),
      })}
      workload={workload}
      managedBy={managedBy}
      action="roll-back"
      input={{ revision }}
      onClose={onClose}
    />
  );
}
