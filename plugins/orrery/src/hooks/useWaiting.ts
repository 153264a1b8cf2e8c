import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { Activity } from '@orrery/backstage-plugin-orrery-common';
import {
  orreryApiRef,
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';

const REFRESH_MILLISECONDS = 10_000;
const LIMIT = 200;

/** What waits for a second person: for the viewer's decision, or asked by them. */
export type Waiting = { mine: Activity[]; forMe: Activity[] };

/** Requests that the viewer may decide, and their own. */
export function useWaiting(): AsyncValue<Waiting> {
  const orreryApi = useApi(orreryApiRef);
  const identityApi = useApi(identityApiRef);
  const ask = useCallback(async () => {
    const [{ items }, { userEntityRef }] = await Promise.all([
      orreryApi.activities({ state: 'waiting', limit: LIMIT }),
      identityApi.getBackstageIdentity(),
    ]);
    const others = items.filter(({ actor }) => actor !== userEntityRef);
    const byPlugin = new Map<string, string[]>();
    for (const { id, approval } of others) {
      if (approval) {
        const ids = byPlugin.get(approval.plugin) ?? [];
        byPlugin.set(approval.plugin, [...ids, id]);
      }
    }
    const decidable = await Promise.all(
      [...byPlugin].map(([pluginId, ids]) =>
        orreryApi.decidable(pluginId, ids),
      ),
    );
    const ids = new Set(decidable.flat());
    return {
      mine: items.filter(({ actor }) => actor === userEntityRef),
      forMe: others.filter(({ id }) => ids.has(id)),
    };
  }, [orreryApi, identityApi]);
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}
