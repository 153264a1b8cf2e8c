import {
  LOG_LEVELS,
  type LogLevel,
  type LogQueryLanguage,
} from '@orrery/backstage-plugin-logs-common';

/** What the page shows and how, beside scope and range; all of it in the URL. */
export type LogView = {
  query: string;
  language: LogQueryLanguage;
  levels: LogLevel[];
  app?: string;
  version?: string;
  pod?: string;
  container?: string;
  traceId?: string;
  /** Stored lines, or what pods write. */
  mode: 'store' | 'pods';
  isLive: boolean;
  /** Fields that stand beside the message. */
  columns: string[];
  isWrapped: boolean;
  isUtc: boolean;
  isCompared: boolean;
  /** Id of the line whose neighbours are shown. */
  line?: string;
  /** In pods mode: containers that are followed; none mean all but sidecars. */
  containers: string[];
  pods: string[];
  isPrevious: boolean;
  since: string;
};

const list = (text: string | null) =>
  (text ?? '').split(',').filter(part => part !== '');

/** Reads a view; what is not one of the choices counts as absent. */
export function parseLogView(params: URLSearchParams): LogView {
  const levels = list(params.get('levels'));
  const text = (name: string) => params.get(name) || undefined;
  const is = (name: string) => params.get(name) === 'true';
  return {
    query: params.get('q') ?? '',
    language: params.get('lang') === 'lucene' ? 'lucene' : 'kql',
    levels: LOG_LEVELS.filter(level => levels.includes(level)),
    app: text('app'),
    version: text('version'),
    pod: text('pod'),
    container: text('container'),
    traceId: text('trace'),
    mode: params.get('mode') === 'pods' ? 'pods' : 'store',
    isLive: is('live'),
    columns: list(params.get('columns')),
    isWrapped: is('wrap'),
    isUtc: params.get('zone') === 'utc',
    isCompared: is('compare'),
    line: text('line'),
    containers: list(params.get('containers')),
    pods: list(params.get('pods')),
    isPrevious: is('previous'),
    since: params.get('since') ?? '',
  };
}

const NAMES: Record<keyof LogView, string> = {
  query: 'q',
  language: 'lang',
  levels: 'levels',
  app: 'app',
  version: 'version',
  pod: 'pod',
  container: 'container',
  traceId: 'trace',
  mode: 'mode',
  isLive: 'live',
  columns: 'columns',
  isWrapped: 'wrap',
  isUtc: 'zone',
  isCompared: 'compare',
  line: 'line',
  containers: 'containers',
  pods: 'pods',
  isPrevious: 'previous',
  since: 'since',
};

/** Writes a part of a view over parameters; what is usual is left out. */
export function writeLogView(
  change: Partial<LogView>,
  base: URLSearchParams,
): URLSearchParams {
  const params = new URLSearchParams(base);
  for (const [key, value] of Object.entries(change)) {
    const name = NAMES[key as keyof LogView];
    let text = Array.isArray(value) ? value.join(',') : String(value ?? '');
    if (key === 'isUtc') {
      text = value ? 'utc' : '';
    }
    if (['', 'false', 'kql', 'store'].includes(text) && key !== 'query') {
      params.delete(name);
    } else if (text === '') {
      params.delete(name);
    } else {
      params.set(name, text);
    }
  }
  return params;
}
