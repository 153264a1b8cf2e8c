import {
  storageApiRef,
  useApiHolder,
  type StorageApi,
} from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { z } from 'zod';
import type { Point } from '../scene/types';

const BUCKET = 'orrery-mesh-places';

const placesSchema = z.record(
  z.string(),
  z.object({ x: z.number(), y: z.number() }),
);

/** Where a viewer has put marks, in the coordinates of the box they are in. */
export type Pins = {
  places: ReadonlyMap<string, Point>;
  pin: (id: string, place: Point) => void;
  forget: () => void;
};

/** Keys of storage are made of letters, whatever the names of clusters are. */
function keyOf(layoutKey: string): string {
  return encodeURIComponent(layoutKey);
}

function read(storage: StorageApi | undefined, key: string) {
  const parsed = placesSchema.safeParse(
    storage?.forBucket(BUCKET).snapshot(key).value,
  );
  return new Map(parsed.success ? Object.entries(parsed.data) : []);
}

/** Places that are kept for the person, wherever the portal keeps such things. */
export function usePins(layoutKey: string): Pins {
  const storage = useApiHolder().get(storageApiRef);
  const key = keyOf(layoutKey);
  const [places, setPlaces] = useState<ReadonlyMap<string, Point>>(() =>
    read(storage, key),
  );
  useEffect(() => {
    setPlaces(read(storage, key));
    const subscription = storage
      ?.forBucket(BUCKET)
      .observe$(key)
      .subscribe(() => setPlaces(read(storage, key)));
    return () => subscription?.unsubscribe();
  }, [storage, key]);

  const pin = useCallback(
    (id: string, place: Point) => {
      setPlaces(before => {
        const next = new Map(before).set(id, {
          x: Math.round(place.x),
          y: Math.round(place.y),
        });
        storage?.forBucket(BUCKET).set(key, Object.fromEntries(next));
        return next;
      });
    },
    [storage, key],
  );
  const forget = useCallback(() => {
    setPlaces(new Map());
    storage?.forBucket(BUCKET).remove(key);
  }, [storage, key]);
  return useMemo(() => ({ places, pin, forget }), [places, pin, forget]);
}
