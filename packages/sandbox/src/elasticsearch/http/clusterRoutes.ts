import { mappingOf } from '../fields/mapping';
import { fieldsOf } from '../search/search';
import { greeting } from '../version';
import type { Answer, Route, Store } from './context';
import { target } from './searchRoutes';

function stateOf({ effects }: Store): 'green' | 'red' {
  return effects.logStore === 'red' ? 'red' : 'green';
}

const greetingRoute: Route = ({ version, clusterName }) => ({
  body: greeting(version, clusterName),
});

const healthRoute: Route = store => {
  const status = stateOf(store);
  const shards = 2;
  const missing = status === 'red' ? shards : 0;
  return {
    body: {
      cluster_name: store.clusterName,
      status,
      timed_out: false,
      number_of_nodes: 3,
      number_of_data_nodes: 3,
      active_primary_shards: shards - missing,
      active_shards: shards - missing,
      relocating_shards: 0,
      initializing_shards: 0,
      unassigned_shards: missing,
      delayed_unassigned_shards: 0,
      number_of_pending_tasks: 0,
      number_of_in_flight_fetch: 0,
      task_max_waiting_in_queue_millis: 0,
      active_shards_percent_as_number: missing === 0 ? 100 : 0,
    },
  };
};

const indicesRoute: Route = (store, { query }, [index]): Answer => {
  const { indices, archive } = target(store, index, query);
  const bytes = archive.shelf.size * 620;
  const rows = indices.map(name => ({
    health: stateOf(store),
    status: 'open',
    index: name,
    uuid: Buffer.from(name).toString('base64url').slice(-22),
    pri: '1',
    rep: '1',
    'docs.count': String(archive.countOf(name)),
    'docs.deleted': '0',
    'store.size': `${(bytes / 2 ** 20).toFixed(1)}mb`,
    'pri.store.size': `${(bytes / 2 ** 21).toFixed(1)}mb`,
  }));
  if (query.get('format') === 'json') return { body: rows };
  const lines = rows.map(row => Object.values(row).join(' '));
  const head = query.has('v') ? [Object.keys(rows[0] ?? {}).join(' ')] : [];
  return { body: [...head, ...lines].map(line => `${line}\n`).join('') };
};

const mappingRoute: Route = (store, { query }, [index]) => {
  const { indices } = target(store, index, query);
  const mapping = mappingOf(fieldsOf(store.archive));
  return {
    body: Object.fromEntries(indices.map(name => [name, mapping])),
  };
};

/** Routes about the store itself. */
export const clusterRoutes: readonly (readonly [string, RegExp, Route])[] = [
  ['GET HEAD', /^\/$/, greetingRoute],
  ['GET', /^\/_cluster\/health(?:\/[^/]+)?$/, healthRoute],
  ['GET', /^\/_cat\/indices(?:\/([^/]+))?$/, indicesRoute],
  ['GET', /^\/(?:([^_/][^/]*)\/)?_mappings?$/, mappingRoute],
];
