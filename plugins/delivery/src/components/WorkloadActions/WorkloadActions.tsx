import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Skeleton } from '@backstage/ui';
import type { WorkloadDetails } from '@orrery/backstage-plugin-delivery-common';
import {
  ProblemPanel,
  usePermittedActions,
} from '@orrery/backstage-plugin-orrery-react';
import {
  questionOf,
  verbsOf,
  type WorkloadVerb,
} from '../../model/workloadVerbs';
import { deliveryTranslationRef } from '../../translation';
import styles from './WorkloadActions.module.css';
import { WorkloadActionDialog } from './WorkloadActionDialog';

/** An action whose dialog is open. */
export type ChosenAction =
  | { verb: WorkloadVerb; container?: string; image?: string }
  | { verb: 'deletePod'; pod: string };

/** @public */
export type WorkloadActionsProps = {
  details: WorkloadDetails;
  chosen: ChosenAction | undefined;
  onChoose: (action: ChosenAction) => void;
  onDone: () => void;
};

/** What the viewer may do to a workload; the rest is not offered. */
export function WorkloadActions(props: WorkloadActionsProps) {
  const { details, chosen, onChoose, onDone } = props;
  const { summary } = details;
  const { name, namespace, scaler } = summary;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const verbs = verbsOf(details);
  const { value, error, retry } = usePermittedActions(
    'delivery',
    verbs.map(verb => questionOf(verb, details)),
  );
  const answers = verbs.map((verb, index) => ({ verb, ...value?.[index] }));
  const offered = answers.filter(({ allowed }) => allowed);
  const approved = offered.filter(({ needsApproval }) => needsApproval);
  const button = (verb: WorkloadVerb) => t(`workloadAction.button.${verb}`);
  return (
    <div className={styles.actions}>
      {error && (
        <ProblemPanel
          sources={[
            {
              name: t('workloadAction.title.all', { name, namespace }),
              state: 'failed',
              reason: error.message,
            },
          ]}
          warnings={[]}
          onRetry={retry}
        />
      )}
      {!value && !error && <Skeleton height={32} width={320} />}
      {offered.length > 0 && (
        <div
          className={styles.buttons}
          role="group"
          aria-label={t('workloadAction.title.all', { name, namespace })}
        >
          {offered.map(({ verb }) => (
            <Button
              key={verb}
              size="small"
              variant={verb === 'deploy' ? 'primary' : 'secondary'}
              aria-label={t(`workloadAction.of.${verb}`, { name, namespace })}
              onPress={() => onChoose({ verb })}
            >
              {button(verb)}
            </Button>
          ))}
        </div>
      )}
      {value && offered.length === 0 && (
        <p className={styles.note}>
          {t('workloadAction.nothing', {
            reason: answers.find(({ reason }) => reason)?.reason ?? '',
          })}
        </p>
      )}
      {approved.length > 0 && (
        <p className={styles.note}>
          {approved.length === offered.length
            ? t('workloadAction.allNeedApproval')
            : t('workloadAction.needApproval', {
                actions: approved.map(({ verb }) => button(verb)).join(', '),
              })}
        </p>
      )}
      {scaler && (
        <p className={styles.note}>
          {t('workloadAction.scalerRules', {
            kind: scaler.kind,
            scaler: scaler.name,
          })}
        </p>
      )}
      {chosen && (
        <WorkloadActionDialog
          details={details}
          chosen={chosen}
          onClose={onDone}
        />
      )}
    </div>
  );
}
