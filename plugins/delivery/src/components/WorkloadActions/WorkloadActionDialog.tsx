import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { WorkloadDetails } from '@orrery/backstage-plugin-delivery-common';
import { ActionDialog } from '@orrery/backstage-plugin-orrery-react';
import { WORKLOAD_VERBS } from '../../model/workloadVerbs';
import { deliveryTranslationRef } from '../../translation';
import { DeployDialog } from './DeployDialog';
import { EnvironmentDialog } from './EnvironmentDialog';
import { ProbesDialog } from './ProbesDialog';
import { ResourcesDialog } from './ResourcesDialog';
import { RollBackDialog } from './RollBackDialog';
import { ScaleDialog } from './ScaleDialog';
import type { ChosenAction } from './WorkloadActions';

/** What every dialog of an action on a workload is given. */
export type WorkloadDialogProps = {
  details: WorkloadDetails;
  onClose: () => void;
};

/** The dialog of an action: its fields, its preview and its way to the end. */
export function WorkloadActionDialog(
  props: WorkloadDialogProps & { chosen: ChosenAction },
) {
  const { details, chosen, onClose } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { name, namespace, ref } = details.summary;
  const shared = { details, onClose };
  switch (chosen.verb) {
    case 'deploy':
      return (
        <DeployDialog
          {...shared}
          container={chosen.container}
          image={chosen.image}
        />
      );
    case 'scale':
      return <ScaleDialog {...shared} />;
    case 'resources':
      return <ResourcesDialog {...shared} />;
    case 'probes':
      return <ProbesDialog {...shared} />;
    case 'environment':
      return <EnvironmentDialog {...shared} />;
    case 'rollBack':
      return <RollBackDialog {...shared} />;
    case 'deletePod':
      return (
        <ActionDialog
          title={t('pod.deleteOf', { name: chosen.pod.split('/')[3] })}
          pluginId="delivery"
          action="delete-pod"
          input={{ pod: chosen.pod }}
          onClose={onClose}
        />
      );
    default:
      return (
        <ActionDialog
          title={t(`workloadAction.of.${chosen.verb}`, { name, namespace })}
          pluginId="delivery"
          action={WORKLOAD_VERBS[chosen.verb].action}
          input={{ workload: ref }}
          onClose={onClose}
        />
      );
  }
}
