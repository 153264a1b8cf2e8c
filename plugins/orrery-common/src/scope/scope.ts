import { DEFAULT_TIME_RANGE, type TimeRange } from '../time';

/**
 * What every page shares through its URL. An absent cluster means all that
 * are configured; no namespaces mean all that the viewer may see.
 *
 * @public
 */
export type ViewState = {
  cluster?: string;
  namespaces: string[];
  selected?: string;
  range: TimeRange;
};

/**
 * Reads the shared view state from a query string. Unknown parameters are
 * left alone; values are checked where they are used, so that a bad one can
 * be shown beside the field it belongs to.
 *
 * @public
 */
export function parseViewState(params: URLSearchParams): ViewState {
  const namespaces = (params.get('namespaces') ?? '')
    .split(',')
    .map(namespace => namespace.trim())
    .filter(namespace => namespace !== '');
  return {
    cluster: params.get('cluster') || undefined,
    namespaces: [...new Set(namespaces)].sort(),
    selected: params.get('selected') || undefined,
    range: {
      from: params.get('from') || DEFAULT_TIME_RANGE.from,
      to: params.get('to') || DEFAULT_TIME_RANGE.to,
    },
  };
}

/**
 * Writes a view state over existing parameters: defaults are left out so that
 * URLs stay short, and what belongs to the page itself is kept.
 *
 * @public
 */
export function formatViewState(
  state: Partial<ViewState>,
  base: URLSearchParams = new URLSearchParams(),
): URLSearchParams {
  const params = new URLSearchParams(base);
  const write = (name: string, value: string | undefined) => {
    if (value) {
      params.set(name, value);
    } else {
      params.delete(name);
    }
  };
  if ('cluster' in state) {
    write('cluster', state.cluster);
  }
  if (state.namespaces) {
    write('namespaces', [...state.namespaces].sort().join(','));
  }
  if ('selected' in state) {
    write('selected', state.selected);
  }
  if (state.range) {
    const { from, to } = state.range;
    write('from', from === DEFAULT_TIME_RANGE.from ? undefined : from);
    write('to', to === DEFAULT_TIME_RANGE.to ? undefined : to);
  }
  return params;
}

/**
 * A link to another page that carries scope, time and, where given, selection.
 *
 * @public
 */
export function linkWithViewState(
  path: string,
  state: Partial<ViewState>,
): string {
  const query = formatViewState(state).toString();
  return query === '' ? path : `${path}?${query}`;
}
