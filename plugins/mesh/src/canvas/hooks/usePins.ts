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

/** What is kept may be of another version, or of another's making. */
function parse(value: unknown): ReadonlyMap<string, Point> {
  const parsed = placesSchema.safeParse(value);
  return new Map(parsed.success ? Object.entries(parsed.data) : []);
}

function read(storage: StorageApi | undefined, key: string) {
  return parse(storage?.forBucket(BUCKET).snapshot(key).value);
}

/** Places that are kept for the person, wherever the portal keeps such things. */
export function usePins(layoutKey: string): Pins {
  const storage = useApiHolder().get(storageApiRef);
  const key = keyOf(layoutKey);
  const [places, setPlaces] = useState<ReadonlyMap<string, Point>>(() =>
    read(storage, key),
  );
  useEffect(() => {
    const kept = read(storage, key);
    setPlaces(before => (before.size === 0 && kept.size === 0 ? before : kept));
    const subscription = storage
      ?.forBucket(BUCKET)
      .observe$(key)
      // A storage on a server only says later what it keeps.
      .subscribe(({ presence, value }) => {
        if (presence !== 'unknown') {
          const next = parse(value);
          setPlaces(before =>
            before.size === 0 && next.size === 0 ? before : next,
          );
        }
      });
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
