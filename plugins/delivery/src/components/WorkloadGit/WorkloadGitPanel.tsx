import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import type {
  MergeRequest,
  WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';
import {
  ActionDialog,
  useFormat,
  usePermittedActions,
} from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { useWorkloadGit } from '../../hooks/useWorkloadGit';
import { isKeptInGit } from '../../model/isKeptInGit';
import { deliveryTranslationRef } from '../../translation';
import styles from './WorkloadGitPanel.module.css';

const REFRESH_MILLISECONDS = 10_000;

/** Where a workload's manifest is in Git, and the merge requests that were made for it here. */
export function WorkloadGitPanel(props: { summary: WorkloadSummary }) {
  const { ref, managedBy } = props.summary;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { value, error, retry } = useWorkloadGit(ref, REFRESH_MILLISECONDS);
  const [withdrawn, setWithdrawn] = useState<MergeRequest>();
  const place = value?.place;
  const reason = value?.reason ?? error?.message;
  // What nobody keeps in Git has nothing to be said about.
  if (!place && !(isKeptInGit(managedBy) && reason)) {
    return null;
  }
  return (
    <section className={styles.panel} aria-label={t('git.title')}>
      <h4>{t('git.title')}</h4>
      {place ? (
        <div>
          <a href={place.url} target="_blank" rel="noreferrer">
            {`${place.project}: ${place.file}`}
          </a>{' '}
          {t('git.keptBy', { keeper: place.keeper, branch: place.branch })}
        </div>
      ) : (
        <div>{t('git.unknown', { reason: reason ?? '' })}</div>
      )}
      {place && value && value.proposals.length > 0 && (
        <ul className={styles.proposals} aria-label={t('git.proposals')}>
          {value.proposals.map(proposal => (
            <Proposal
              key={proposal.number}
              workload={ref}
              proposal={proposal}
              onWithdraw={() => setWithdrawn(proposal)}
            />
          ))}
        </ul>
      )}
      {withdrawn && (
        <ActionDialog
          title={t('git.withdrawOf', { number: String(withdrawn.number) })}
          pluginId="delivery"
          action="withdraw-proposal"
          input={{ workload: ref, mergeRequest: withdrawn.number }}
          onClose={() => {
            setWithdrawn(undefined);
            retry();
          }}
        />
      )}
    </section>
  );
}

function Proposal(props: {
  workload: string;
  proposal: MergeRequest;
  onWithdraw: () => void;
}) {
  const { workload, proposal, onWithdraw } = props;
  const { number, title, state, url, createdAt, mergedAt } = proposal;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const { value } = usePermittedActions('delivery', [
    {
      action: 'withdraw-proposal',
      input: { workload, mergeRequest: number },
    },
  ]);
  return (
    <li>
      <a href={url} target="_blank" rel="noreferrer">
        {`!${number} ${title}`}
      </a>
      <Text variant="body-small" color="secondary">
        {`${t(`git.state.${state}`)} · ${format.ago(
          mergedAt ?? createdAt,
          Date.now(),
        )}`}
      </Text>
      {state === 'opened' && value?.[0]?.allowed && (
        <Button
          size="small"
          variant="secondary"
          aria-label={t('git.withdrawOf', { number: String(number) })}
          onPress={onWithdraw}
        >
          {t('git.withdraw')}
        </Button>
      )}
    </li>
  );
}
