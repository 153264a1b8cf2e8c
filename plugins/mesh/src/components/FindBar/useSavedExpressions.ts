import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { z } from 'zod';

const MOST_RECENT = 8;
const MOST_SAVED = 50;

const expressionsSchema = z.array(z.string()).catch([]);

/** Expressions that somebody keeps. */
export type SavedExpressions = {
  /** Those used last, the last first. */
  recent: readonly string[];
  saved: readonly string[];
  remember: (expression: string) => void;
  save: (expression: string) => void;
  forget: (expression: string) => void;
};

/** A list of texts that is kept for a person, wherever the portal keeps such. */
function useStoredList(
  key: string,
): [readonly string[], (list: string[]) => void] {
  const storageApi = useApi(storageApiRef);
  const bucket = useMemo(() => storageApi.forBucket('mesh.find'), [storageApi]);
  const [list, setList] = useState<readonly string[]>(() =>
    expressionsSchema.parse(bucket.snapshot(key).value ?? []),
  );
  useEffect(() => {
    const subscription = bucket
      .observe$(key)
      .subscribe(({ value }) => setList(expressionsSchema.parse(value ?? [])));
    return () => subscription.unsubscribe();
  }, [bucket, key]);
  const store = useCallback(
    (next: string[]) => {
      // Shown at once: where it cannot be kept, it lasts as long as the page.
      setList(next);
      bucket.set(key, next).catch(() => undefined);
    },
    [bucket, key],
  );
  return [list, store];
}

/** Recent and saved expressions of one use. */
export function useSavedExpressions(use: 'find' | 'hide'): SavedExpressions {
  const [recent, setRecent] = useStoredList(`${use}.recent`);
  const [saved, setSaved] = useStoredList(`${use}.saved`);
  const without = (list: readonly string[], expression: string) =>
    list.filter(item => item !== expression);
  return {
    recent,
    saved,
    remember: expression => {
      if (recent[0] !== expression) {
        setRecent(
          [expression, ...without(recent, expression)].slice(0, MOST_RECENT),
        );
      }
    },
    save: expression =>
      setSaved(
        [expression, ...without(saved, expression)].slice(0, MOST_SAVED),
      ),
    forget: expression => setSaved(without(saved, expression)),
  };
}
