import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Card, CardBody, Skeleton, Text } from '@backstage/ui';
import type { Release } from '@orrery/backstage-plugin-delivery-common';
import type { Binding } from '@orrery/backstage-plugin-orrery-common';
import {
  ProblemPanel,
  usePermittedActions,
} from '@orrery/backstage-plugin-orrery-react';
import { useMemo, useState } from 'react';
import { useReleases, useReleaseWorkloads } from '../../hooks/useReleaseFacts';
import { isOfBinding } from '../../model/isOfBinding';
import { deliveryTranslationRef } from '../../translation';
import { ReleaseDiffDialog } from './ReleaseDiffDialog';
import { ReleaseTable } from './ReleaseTable';
import styles from './Releases.module.css';
import { RollBackDialog } from './RollBackDialog';

const FIRST = 20;
const MOST = 200;
const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'];

/** What a service has run, and the way back to it. */
export function EntityReleases(props: { binding: Binding }) {
  const { binding } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [limit, setLimit] = useState(FIRST);
  const [compared, setCompared] = useState<Release>();
  const [wanted, setWanted] = useState<Release>();
  const { cluster, app } = binding;
  const { value, error, retry } = useReleases({ cluster, app, limit });
  const { value: workloads } = useReleaseWorkloads({ cluster, app });
  const releases = useMemo(
    () => value?.items.filter(release => isOfBinding(release, binding)) ?? [],
    [value, binding],
  );
  const refusalOf = useRefusals(releases);
  const managedBy = workloads?.items.find(
    ({ ref }) => ref === wanted?.workload,
  )?.managedBy;
  return (
    <Card>
      <CardBody>
        <h3 className={styles.title}>{t('release.title')}</h3>
        {error && (
          <ProblemPanel
            sources={[
              {
                name: t('release.title'),
                state: 'failed',
                reason: error.message,
              },
            ]}
            warnings={[]}
            onRetry={retry}
          />
        )}
        {!value && !error && (
          <div role="status" aria-label={t('release.loading')}>
            <Skeleton height={120} />
          </div>
        )}
        {value && releases.length === 0 && <Text>{t('release.none')}</Text>}
        {releases.length > 0 && (
          <ReleaseTable
            releases={releases}
            onDiff={setCompared}
            onRollBack={setWanted}
            refusalOf={refusalOf}
          />
        )}
        {value?.next && limit < MOST && (
          <Button
            size="small"
            variant="tertiary"
            onPress={() => setLimit(Math.min(MOST, limit + 3 * FIRST))}
          >
            {t('release.older')}
          </Button>
        )}
        {compared && (
          <ReleaseDiffDialog
            release={compared}
            onClose={() => setCompared(undefined)}
          />
        )}
        {wanted && (
          <RollBackDialog
            release={wanted}
            managedBy={managedBy}
            onClose={() => {
              setWanted(undefined);
              retry();
            }}
          />
        )}
      </CardBody>
    </Card>
  );
}

/** Why one may not go back to a release; asked once for each workload. */
function useRefusals(
  releases: readonly Release[],
): (release: Release) => string | undefined {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const workloads = [
    ...new Map(
      releases
        .filter(({ workload }) => KINDS.includes(workload.split('/')[2]))
        .map(({ workload, revision }) => [workload, revision]),
    ),
  ].sort(([left], [right]) => left.localeCompare(right));
  const { value, error } = usePermittedActions(
    'delivery',
    workloads.map(([workload]) => ({
      action: 'roll-back',
      // Whoever may go back to one revision may go back to any.
      input: { workload, revision: 1 },
    })),
  );
  return ({ workload }) => {
    const index = workloads.findIndex(([ref]) => ref === workload);
    if (error) {
      return t('permitted.unknown', { reason: error.message });
    }
    const answer = value?.[index];
    if (!answer) {
      return t('permitted.asking');
    }
    return answer.allowed
      ? undefined
      : answer.reason ?? t('permitted.deniedUnsaid');
  };
}
