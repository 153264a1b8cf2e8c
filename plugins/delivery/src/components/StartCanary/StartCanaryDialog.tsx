import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import type { WorkloadSummary } from '@orrery/backstage-plugin-delivery-common';
import { ActionDialog } from '@orrery/backstage-plugin-orrery-react';
import { useMemo, useState } from 'react';
import {
  newDraft,
  planOfDraft,
  problemOfPlan,
  type PlanDraft,
} from '../../model/planDraft';
import type { UsualSteps } from '../../model/usualSteps';
import { deliveryTranslationRef } from '../../translation';
import { AnalysisFields } from './AnalysisFields';
import { ImageField } from './ImageField';
import { NumberInput } from './NumberInput';
import { PlanDrawing } from './PlanDrawing';
import styles from './StartCanary.module.css';
import { StepsEditor } from './StepsEditor';

/** @public */
export type StartCanaryDialogProps = {
  workload: WorkloadSummary;
  /** How the service says that its new versions get traffic. */
  usual?: UsualSteps;
  onClose: () => void;
};

/** Plans a canary of a Deployment, shows what it would do, and starts it. */
export function StartCanaryDialog(props: StartCanaryDialogProps) {
  const { workload, usual, onClose } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [draft, setDraft] = useState(() =>
    newDraft(
      workload.images.find(({ container }) => container === workload.app)
        ?.image ??
        workload.images[0]?.image ??
        '',
      usual?.steps,
    ),
  );
  const change = (part: Partial<PlanDraft>) =>
    setDraft(before => ({ ...before, ...part }));
  const plan = useMemo(
    () => planOfDraft(workload.ref, draft),
    [workload.ref, draft],
  );
  const problem = useMemo(() => problemOfPlan(plan), [plan]);
  const isOfStep = problem !== undefined && /^steps\.\d/.test(problem.field);
  return (
    <ActionDialog
      title={t('start.title', { name: workload.name })}
      pluginId="delivery"
      action="start-canary"
      input={plan}
      onClose={onClose}
      width={880}
    >
      <div className={styles.form}>
        <ImageField
          workload={workload}
          image={draft.image}
          onChange={image => change({ image })}
        />
        {usual && (
          <p className={usual.problem ? styles.problem : styles.help}>
            {usual.problem
              ? t('start.usualUnread', { problem: usual.problem })
              : t('start.usual')}
          </p>
        )}
        <StepsEditor
          steps={draft.steps}
          problem={problem}
          onChange={steps => change({ steps })}
        />
        <PlanDrawing plan={plan} />
        <AnalysisFields draft={draft} onChange={change} />
        <div className={styles.grid}>
          <NumberInput
            label={t('start.pods')}
            minimum={1}
            maximum={1000}
            step={1}
            value={draft.replicas}
            onChange={replicas => change({ replicas })}
          />
          <Select
            size="small"
            label={t('start.onFailure')}
            options={(['abort', 'hold'] as const).map(id => ({
              id,
              label: t(`start.failure.${id}`),
            }))}
            value={draft.onFailure}
            onChange={key =>
              change({ onFailure: key === 'hold' ? 'hold' : 'abort' })
            }
          />
          <Select
            size="small"
            label={t('start.onSuccess')}
            options={(['wait', 'promote'] as const).map(id => ({
              id,
              label: t(`start.success.${id}`),
            }))}
            value={draft.onSuccess}
            onChange={key =>
              change({ onSuccess: key === 'promote' ? 'promote' : 'wait' })
            }
          />
          <NumberInput
            label={t('start.deadline')}
            minimum={0}
            maximum={14 * 24}
            value={draft.deadlineHours}
            onChange={deadlineHours => change({ deadlineHours })}
          />
        </div>
        {problem && !isOfStep && (
          <p className={styles.problem} role="alert">
            {t('start.problem')}: {problem.field}: {problem.sentence}
          </p>
        )}
      </div>
    </ActionDialog>
  );
}
