import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type {
  CanarySummary,
  WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';
import { usePermittedActions } from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { useCanaryStarts } from '../../hooks/useCanaryStarts';
import { newDraft, planOfDraft } from '../../model/planDraft';
import { sideBySide, startable, type Startable } from '../../model/startable';
import type { UsualSteps } from '../../model/usualSteps';
import { deliveryTranslationRef } from '../../translation';
import styles from './StartCanary.module.css';
import { StartCanaryDialog } from './StartCanaryDialog';

/** @public */
export type StartCanaryButtonsProps = {
  workloads: readonly WorkloadSummary[];
  canaries: readonly CanarySummary[];
  usual?: UsualSteps;
  /** Told when the dialog has closed. */
  onClosed: () => void;
};

/** A way to start a canary for each plain Deployment, or why there is none. */
export function StartCanaryButtons(props: StartCanaryButtonsProps) {
  const { workloads, canaries, usual, onClosed } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [chosen, setChosen] = useState<WorkloadSummary>();
  // Rollouts and what Flagger rules have canaries of their own already.
  const all = startable(workloads, canaries);
  const groups = sideBySide(all);
  const offers = all.filter(
    ({ refusal }) => refusal === undefined || refusal === 'underWay',
  );
  const asked = offers.filter(({ refusal }) => refusal === undefined);
  const { value, error } = usePermittedActions(
    'delivery',
    asked.map(({ workload }) => questionOf(workload)),
  );
  const starts = useCanaryStarts(asked.map(({ workload }) => workload.ref));
  /** What keeps anyone from starting one. */
  const obstacleOf = ({ workload }: Startable): string | undefined => {
    if (starts.error) {
      return t('start.unknown', { reason: starts.error.message });
    }
    const start = starts.value?.find(item => item.workload === workload.ref);
    if (!start) {
      return t('start.asking');
    }
    switch (start.state) {
      case 'possible':
        return undefined;
      case 'refused':
        return t('start.needs', { needed: start.reason });
      default:
        return t('start.unknown', { reason: start.reason });
    }
  };
  const noteOf = (offer: Startable): string | undefined => {
    if (offer.refusal) {
      return t('start.refused', { reason: t('start.underWay') });
    }
    if (error) {
      return t('permitted.unknown', { reason: error.message });
    }
    const answer = value?.[asked.indexOf(offer)];
    if (!answer) {
      return t('permitted.asking');
    }
    if (!answer.allowed) {
      return answer.reason ?? t('permitted.deniedUnsaid');
    }
    return obstacleOf(offer);
  };
  const approvalOf = (offer: Startable) => {
    const answer = value?.[asked.indexOf(offer)];
    return answer?.needsApproval
      ? answer.reason ?? t('permitted.needsApproval')
      : undefined;
  };
  if (offers.length === 0 && groups.length === 0) {
    return null;
  }
  return (
    <ul className={styles.starts}>
      {offers.map(offer => {
        const { workload } = offer;
        const refusal = noteOf(offer);
        const note = refusal ?? approvalOf(offer);
        const noteId = `start-${workload.ref}`;
        return (
          <li key={workload.ref} className={styles.row}>
            <Button
              size="small"
              variant="secondary"
              isDisabled={refusal !== undefined}
              aria-describedby={note ? noteId : undefined}
              onPress={() => setChosen(workload)}
            >
              {t('start.buttonOf', {
                name:
                  offers.length > 1
                    ? `${workload.name} (${workload.namespace})`
                    : workload.name,
              })}
            </Button>
            {note && (
              <span id={noteId} className={styles.help}>
                {note}
              </span>
            )}
          </li>
        );
      })}
      {groups.map(group => (
        <li key={group[0].ref} className={styles.help}>
          {t('start.sideBySide', {
            names: group.map(({ name }) => name).join(', '),
            namespace: group[0].namespace,
            app: group[0].app,
          })}
        </li>
      ))}
      {chosen && (
        <StartCanaryDialog
          workload={chosen}
          usual={usual}
          onClose={() => {
            setChosen(undefined);
            onClosed();
          }}
        />
      )}
    </ul>
  );
}

/** Permissions are about the workload; the plan only has to be one. */
function questionOf(workload: WorkloadSummary) {
  return {
    action: 'start-canary',
    input: {
      ...planOfDraft(workload.ref, newDraft('-')),
      image: workload.images[0]?.image ?? '-',
      steps: [{ kind: 'weight' as const, weight: 1 }],
    },
  };
}
