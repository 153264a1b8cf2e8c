import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { CanarySummary } from '@orrery/backstage-plugin-delivery-common';
import { MOST_PERMITTED_QUESTIONS } from '@orrery/backstage-plugin-orrery-common';
import {
  useAsyncValue,
  usePermittedActions,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { groupCanaries } from '../model/groupCanaries';
import { useSharedCanaries } from './useSharedCanaries';

/** Canaries that wait for someone, of whom the viewer is one. */
export type MyWaitingCanaries = {
  /** Undefined while it is not known. */
  canaries: CanarySummary[] | undefined;
  error: Error | undefined;
};

/**
 * Those that wait for a person and belong to the viewer, or that the viewer
 * may approve without owning them.
 */
export function useMyWaitingCanaries(): MyWaitingCanaries {
  const identityApi = useApi(identityApiRef);
  const askMine = useCallback(
    () => identityApi.getBackstageIdentity(),
    [identityApi],
  );
  const identity = useAsyncValue(askMine);
  const { value, error } = useSharedCanaries();
  const waiting = value
    ? groupCanaries(value.canaries).waiting.slice(0, MOST_PERMITTED_QUESTIONS)
    : [];
  const permitted = usePermittedActions(
    'delivery',
    waiting.map(({ ref }) => ({
      action: 'canary-approve',
      input: { canary: ref },
    })),
  );
  const isKnown =
    value && identity.value && (permitted.value || permitted.error);
  const mine = identity.value?.ownershipEntityRefs ?? [];
  return {
    canaries: isKnown
      ? waiting.filter(
          ({ owners = [] }, index) =>
            owners.some(owner => mine.includes(owner)) ||
            permitted.value?.[index]?.allowed,
        )
      : undefined,
    error: error ?? identity.error,
  };
}
