import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Radio, RadioGroup } from '@backstage/ui';
import type {
  ManagedBy,
  ProposableAction,
} from '@orrery/backstage-plugin-delivery-common';
import {
  ActionDialog,
  usePermittedActions,
  type ActionDialogProps,
} from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { useWorkloadGit } from '../../hooks/useWorkloadGit';
import { isKeptInGit } from '../../model/isKeptInGit';
import { deliveryTranslationRef } from '../../translation';

/** @public */
export type WorkloadChangeDialogProps = Omit<
  ActionDialogProps,
  'pluginId' | 'action' | 'input'
> & {
  workload: string;
  /** Who keeps the workload as it is, where that is known. */
  managedBy: ManagedBy | undefined;
  action: ProposableAction;
  /** Input of the action without its workload; undefined until it is filled. */
  input: object | undefined;
};

/**
 * A change of a workload: in the cluster, or as a merge request to the
 * manifest that it is kept by, which is proposed first where there is one.
 */
export function WorkloadChangeDialog(props: WorkloadChangeDialogProps) {
  const { workload, managedBy, action, input, title, children, ...rest } =
    props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const git = useWorkloadGit(workload);
  const [chosen, setChosen] = useState<string>();
  const { value: answers, error: refused } = usePermittedActions('delivery', [
    { action: 'propose-change', input: { workload, action, input: {} } },
  ]);
  const isPermitted = answers?.[0]?.allowed === true;
  const place = isPermitted ? git.value?.place : undefined;
  const isAsking =
    (!git.value && !git.error) || (!answers && refused === undefined);
  const way = chosen ?? (place ? 'git' : 'cluster');
  const reason =
    git.value?.reason ?? git.error?.message ?? answers?.[0]?.reason;
  const isInGit = way === 'git' && place !== undefined;
  const asked =
    input && (isInGit ? { workload, action, input } : { workload, ...input });
  return (
    <ActionDialog
      {...rest}
      title={isInGit ? t('workloadAction.proposed', { title }) : title}
      pluginId="delivery"
      action={isInGit ? 'propose-change' : action}
      input={isAsking ? undefined : asked}
    >
      {children}
      {place && (
        <RadioGroup
          label={t('workloadAction.where')}
          value={way}
          onChange={setChosen}
        >
          <Radio value="git">
            {t('workloadAction.whereGit', {
              project: place.project,
              file: place.file,
            })}
          </Radio>
          <Radio value="cluster">{t('workloadAction.whereCluster')}</Radio>
        </RadioGroup>
      )}
      {!isInGit && !isAsking && isKeptInGit(managedBy) && (
        <Alert
          status="warning"
          icon
          title={managedBy?.sentence}
          description={
            place
              ? undefined
              : t('workloadAction.noGit', { reason: reason ?? '' })
          }
        />
      )}
    </ActionDialog>
  );
}
