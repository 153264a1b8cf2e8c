import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type {
  ManagedBy,
  Release,
} from '@orrery/backstage-plugin-delivery-common';
import { ActionDialog } from '@orrery/backstage-plugin-orrery-react';
import { deliveryTranslationRef } from '../../translation';

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
  const isManaged = managedBy?.by === 'argocd' || managedBy?.by === 'flux';
  return (
    <ActionDialog
      title={t('release.rollBackTo', {
        name: workload.split('/').at(-1) ?? release.app,
        version: release.version ?? String(revision),
      })}
      pluginId="delivery"
      action="roll-back"
      input={{ workload, revision }}
      onClose={onClose}
    >
      {isManaged && (
        <Alert
          status="warning"
          icon
          title={t('release.managed')}
          description={managedBy.sentence}
        />
      )}
    </ActionDialog>
  );
}
