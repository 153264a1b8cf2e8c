import type { Entity } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';

const REFRESH_MILLISECONDS = 60_000;

/** Components that the signed-in person, or a group of theirs, owns. */
export function useMyEntities(): AsyncValue<Entity[]> {
  const catalogApi = useApi(catalogApiRef);
  const identityApi = useApi(identityApiRef);
  const ask = useCallback(async () => {
    const { ownershipEntityRefs } = await identityApi.getBackstageIdentity();
    if (ownershipEntityRefs.length === 0) {
      // An empty list of owners would not narrow the question: it would be everyone's.
      return [];
    }
    const { items } = await catalogApi.getEntities({
      filter: { kind: 'component', 'relations.ownedBy': ownershipEntityRefs },
    });
    return items;
  }, [catalogApi, identityApi]);
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}
