import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import type {
  BuildsResponse,
  CanarySummary,
  SourceResponse,
} from '@orrery/backstage-plugin-delivery-common';
import type { Binding } from '@orrery/backstage-plugin-orrery-common';
import {
  ProblemPanel,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import { useReleases, useReleaseWorkloads } from '../../hooks/useReleaseFacts';
import { isOfBinding } from '../../model/isOfBinding';
import type { UsualSteps } from '../../model/usualSteps';
import { deliveryTranslationRef } from '../../translation';
import { StartCanaryButtons } from '../StartCanary';
import { DeliveryStrip } from './DeliveryStrip';

const RELEASES = 100;

/** @public */
export type EntityStripProps = {
  binding: Binding;
  source: AsyncValue<SourceResponse>;
  builds: AsyncValue<BuildsResponse>;
  /** Canaries of the entity in all environments; undefined while they are not known. */
  canaries: readonly CanarySummary[] | undefined;
  /** How the service says that its new versions get traffic. */
  usual?: UsualSteps;
  onChanged: () => void;
};

/** What runs of a service in each environment, and the way to start a canary. */
export function EntityStrip(props: EntityStripProps) {
  const { binding, source, builds, canaries, usual, onChanged } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { cluster, app } = binding;
  const { value, error, retry } = useReleaseWorkloads({ cluster, app });
  const releases = useReleases({ cluster, app, limit: RELEASES }).value;
  const workloads = useMemo(
    () => value?.items.filter(item => isOfBinding(item, binding)) ?? [],
    [value, binding],
  );
  if (!value) {
    return error ? (
      <ProblemPanel
        sources={[
          { name: t('strip.title'), state: 'failed', reason: error.message },
        ]}
        warnings={[]}
        onRetry={retry}
      />
    ) : (
      <div role="status" aria-label={t('strip.loading')}>
        <Skeleton height={72} />
      </div>
    );
  }
  return (
    <>
      <ProblemPanel {...value.provenance} onRetry={retry} />
      {workloads.length > 0 && (
        <DeliveryStrip
          binding={binding}
          workloads={workloads}
          canaries={canaries ?? []}
          releases={releases?.items ?? []}
          source={source}
          builds={builds}
        />
      )}
      {/* Whether a canary is under way must be known before one is offered. */}
      {canaries && (
        <StartCanaryButtons
          workloads={workloads}
          canaries={canaries}
          usual={usual}
          onClosed={() => {
            retry();
            onChanged();
          }}
        />
      )}
    </>
  );
}
