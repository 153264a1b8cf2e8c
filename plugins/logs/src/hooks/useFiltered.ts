import {
  matchesKql,
  parseKql,
  type KqlNode,
  type LogLine,
} from '@orrery/backstage-plugin-logs-common';
import { useEffect, useState } from 'react';
import { LineStore } from '../model/LineStore';
import { MOST_TAIL_LINES } from './useTail';

/** What a line has by itself, by the names that people write. */
function ownValue(line: LogLine, field: string): string | undefined {
  switch (field) {
    case 'level':
    case 'log.level':
      return line.level;
    case 'pod':
    case 'kubernetes.pod.name':
      return line.pod;
    case 'container':
    case 'kubernetes.container.name':
      return line.container;
    case 'app':
      return line.app;
    case 'version':
      return line.version;
    case 'trace.id':
      return line.traceId;
    default:
      return undefined;
  }
}

const NAMES = ['level', 'pod', 'container', 'app', 'version', 'trace.id'];

/** Whether a line is what a query looks for, without a store. */
export function isLineFound(node: KqlNode, line: LogLine): boolean {
  return matchesKql(node, {
    text: line.text,
    fieldNames: () => [...NAMES, ...Object.keys(line.fields)],
    valuesOf: field => {
      const own = ownValue(line, field);
      const told = line.fields[field];
      const values = own ?? told;
      return values === undefined ? undefined : [values].flat();
    },
  });
}

/**
 * The lines of a store that a query finds, kept up as lines come. The store
 * itself where the query is empty.
 *
 * @param query - one that can be read
 */
export function useFiltered(source: LineStore, query: string): LineStore {
  const [filtered, setFiltered] = useState(() => ({
    source,
    query,
    store: source,
  }));
  useEffect(() => {
    if (query.trim() === '') {
      setFiltered({ source, query, store: source });
      return undefined;
    }
    const node = parseKql(query);
    const store = new LineStore(MOST_TAIL_LINES);
    let seen = source.dropped;
    const take = () => {
      const told = source.count + source.dropped;
      if (told < seen) {
        // The source began anew.
        store.clear();
        seen = source.dropped;
      }
      const fresh: LogLine[] = [];
      for (
        let index = Math.max(seen, source.dropped);
        index < told;
        index += 1
      ) {
        const line = source.at(index - source.dropped);
        if (line && isLineFound(node, line)) {
          fresh.push(line);
        }
      }
      seen = told;
      store.append(fresh);
    };
    take();
    setFiltered({ source, query, store });
    return source.subscribe(take);
  }, [source, query]);
  return filtered.source === source ? filtered.store : source;
}
