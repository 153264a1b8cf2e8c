import type { LogQuery } from '@orrery/backstage-plugin-logs-common';
import { resolveTimeRange } from '@orrery/backstage-plugin-orrery-common';
import type { LogStoreConfig } from '../config/readLogStores';
import { compileQuery } from './compileQuery';
import type { ScopedStore } from './ScopedStore';

/** Rison, the notation of Kibana's URLs: https://github.com/Nanonid/rison. */
export function writeRison(value: unknown): string {
  if (value === null || value === undefined) {
    return '!n';
  }
  if (typeof value === 'boolean') {
    return value ? '!t' : '!f';
  }
  if (typeof value === 'number') {
    return String(value).replace('+', '');
  }
  if (Array.isArray(value)) {
    return `!(${value.map(writeRison).join(',')})`;
  }
  if (typeof value === 'object') {
    return `(${Object.entries(value)
      .filter(([, child]) => child !== undefined)
      .map(([key, child]) => `${writeRison(key)}:${writeRison(child)}`)
      .join(',')})`;
  }
  const text = String(value);
  return /^[A-Za-z_][\w./~-]*$/.test(text)
    ? text
    : `'${text.replace(/['!]/g, '!$&')}'`;
}

/** Kibana's Discover with the question's range, words and conditions. */
export function kibanaLink(
  { index, kibana }: Pick<LogStoreConfig, 'index' | 'kibana'>,
  query: LogQuery,
  scoped: ScopedStore,
): string | undefined {
  if (!kibana) {
    return undefined;
  }
  const { fromMilliseconds, toMilliseconds } = resolveTimeRange(
    query,
    Date.now(),
  );
  const view = kibana.dataView ?? index;
  const own = compileQuery({ ...query, query: '' }, scoped.facts);
  const filters = [...(scoped.filter ? [scoped.filter] : []), ...own].map(
    condition => ({
      meta: {
        index: view,
        type: 'custom',
        key: 'query',
        disabled: false,
        negate: false,
      },
      query: condition,
      $state: { store: 'appState' },
    }),
  );
  const global = writeRison({
    time: {
      from: new Date(fromMilliseconds).toISOString(),
      to: new Date(toMilliseconds).toISOString(),
    },
  });
  const app = writeRison({
    index: view,
    query: {
      language: query.language === 'kql' ? 'kuery' : 'lucene',
      query: query.query,
    },
    filters,
  });
  return `${kibana.url}/app/discover#/?_g=${encodeURIComponent(
    global,
  )}&_a=${encodeURIComponent(app)}`;
}
