import { useEffect, useRef } from 'react';
import {
  useLocation,
  useNavigationType,
  useSearchParams,
} from 'react-router-dom';

const SCOPE = ['cluster', 'namespaces'];
const RANGE = ['from', 'to'];
const SHARED = [...SCOPE, ...RANGE];

/**
 * What a page takes over: `range` is for pages of one entity, whose scope is
 * the entity's own.
 *
 * @public
 */
export type CarriedParts = 'all' | 'range' | 'cluster';

const NAMES: Readonly<Record<CarriedParts, readonly string[]>> = {
  all: SHARED,
  range: RANGE,
  cluster: ['cluster'],
};

/** What was looked at last in this tab, since it was loaded. */
const carried = new Map<string, string>();
/** The entry of the history that was last completed: a page has several parts that ask. */
let completed: string | undefined;

/**
 * Takes scope and time along to a page that is opened by a link which says
 * nothing of them, such as those of the sidebar and the tabs of an entity.
 * What a URL says is what is shown; going back shows what was shown.
 *
 * @public
 */
export function useCarriedView(parts: CarriedParts): void {
  const [params, setParams] = useSearchParams();
  const { key } = useLocation();
  const navigation = useNavigationType();
  const isOpening = useRef(true);

  useEffect(() => {
    const names = NAMES[parts];
    const wasOpening = isOpening.current;
    isOpening.current = false;
    const isSilent = !SHARED.some(name => params.has(name));
    const missing = names.filter(name => carried.has(name));
    if (
      wasOpening &&
      isSilent &&
      navigation === 'PUSH' &&
      completed !== key &&
      missing.length > 0
    ) {
      completed = key;
      setParams(
        current => {
          const next = new URLSearchParams(current);
          missing.forEach(name => next.set(name, carried.get(name) ?? ''));
          return next;
        },
        { replace: true },
      );
      return;
    }
    if (completed === key) {
      // The URL that another part has asked for is not there yet.
      return;
    }
    for (const name of names) {
      const value = params.get(name);
      if (value) {
        carried.set(name, value);
      } else {
        carried.delete(name);
      }
    }
  }, [params, setParams, key, navigation, parts]);
}
