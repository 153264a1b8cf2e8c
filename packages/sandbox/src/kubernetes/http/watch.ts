import type { KubernetesObject } from '../store';
import { apiVersionOf, collectionOf } from '../resources/resource';
import type { RecordedChange } from '../storage/history';
import { encode, encodeMetadata } from '../storage/view';
import { encodeTable, wantsTable } from '../tables/table';
import { negotiate } from './accept';
import type { Exchange } from './context';
import { isSet, parseCount, parseRevision } from './revision';
import { parseFieldSelector, parseLabelSelector } from './selectors';
import { forbiddenField } from '../validation/cause';
import { expired, invalid, type StatusError } from './status-error';

/** A client that lets this much pile up unread is cut off, as upstream does. */
const maximumBufferedBytes = 32 * 1024 * 1024;

/** How long before its deadline a watch gets its last bookmark. */
const lastBookmarkMilliseconds = 2000;

const defaultTimeoutSeconds = 2700;

type EventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** The event that a selector makes of a change: leaving it is a deletion. */
function eventOf(
  change: RecordedChange,
  selects: (object: KubernetesObject) => boolean,
): EventType | undefined {
  const is = selects(change.object);
  if (change.type === 'ADDED') {
    return is ? 'ADDED' : undefined;
  }
  const was = change.previous ? selects(change.previous) : is;
  if (change.type === 'DELETED') {
    return was ? 'DELETED' : undefined;
  }
  if (is) {
    return was ? 'MODIFIED' : 'ADDED';
  }
  return was ? 'DELETED' : undefined;
}

interface Start {
  initial?: readonly KubernetesObject[];
  changes: readonly RecordedChange[];
  /** Set when the client wants to be told that the initial state is complete. */
  markInitial: boolean;
  /** Changes up to this revision are known to the client. */
  after: number;
  failure?: StatusError;
}

function startOf(exchange: Exchange): Start {
  const { context, query, target } = exchange;
  const { store } = context;
  const resource = collectionOf(target.type);
  const revision = parseRevision(query.get('resourceVersion'));
  const send = query.get('sendInitialEvents');
  if (send !== null && query.get('resourceVersionMatch') !== 'NotOlderThan') {
    throw invalid('meta.k8s.io', 'ListOptions', '', [
      forbiddenField(
        'resourceVersionMatch',
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ),
    ]);
  }
  if (isSet(query, 'sendInitialEvents')) {
    const initial = store.list(resource, target.namespace);
    return { initial, changes: [], markInitial: true, after: 0 };
  }
  if (!revision) {
    return send === null
      ? {
          initial: store.list(resource, target.namespace),
          changes: [],
          markInitial: false,
          after: 0,
        }
      : { changes: [], markInitial: false, after: 0 };
  }
  const changes = store.changesSince(resource, revision);
  return changes
    ? { changes, markInitial: false, after: revision }
    : {
        changes: [],
        markInitial: false,
        after: revision,
        failure: expired(
          `too old resource version: ${revision} (${store.revision})`,
        ),
      };
}

/** Answers a watch: what changed since a revision, then every change as it happens. */
export function watch(exchange: Exchange): void {
  const { context, request, response, query, target } = exchange;
  const { store } = context;
  const { type, version, namespace } = target;
  const resource = collectionOf(type);
  const byLabel = parseLabelSelector(query.get('labelSelector'));
  const byField = parseFieldSelector(query.get('fieldSelector'), type);
  const seconds = parseCount(query, 'timeoutSeconds') || defaultTimeoutSeconds;
  const bookmarks = isSet(query, 'allowWatchBookmarks');
  const table = wantsTable(request, query);
  const partial = negotiate(request) === 'Metadata';
  const start = startOf(exchange);
  const selects = (object: KubernetesObject) =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    byLabel(object) &&
    byField(object);
  let firstRow = true;

  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-cache, private',
  });
  response.flushHeaders();

  const write = (kind: string, json: string) =>
    response.write(`{"type":"${kind}","object":${json}}\n`);
  const send = (kind: EventType, object: KubernetesObject) => {
    if (response.writableLength > maximumBufferedBytes) {
      response.destroy();
      return;
    }
    if (table) {
      const metadata = { resourceVersion: object.metadata.resourceVersion };
      const json = encodeTable(exchange, [object], metadata, table, firstRow);
      firstRow = false;
      write(kind, json);
    } else {
      write(
        kind,
        partial ? encodeMetadata(object) : encode(object, type, version),
      );
    }
  };
  const bookmark = (annotations?: Record<string, string>) =>
    write(
      'BOOKMARK',
      JSON.stringify({
        kind: type.kind,
        apiVersion: apiVersionOf(type.group, version),
        metadata: {
          resourceVersion: String(store.revision),
          creationTimestamp: null,
          ...(annotations ? { annotations } : {}),
        },
      }),
    );
  const deliver = (change: RecordedChange) => {
    // Versions that are still to come are waited for in silence.
    if (change.resource !== resource || change.revision <= start.after) {
      return;
    }
    const event = eventOf(change, selects);
    if (event) {
      send(event, change.object);
    }
  };

  if (start.failure) {
    write('ERROR', JSON.stringify(start.failure));
    response.end();
    return;
  }
  for (const object of start.initial ?? []) {
    if (selects(object)) {
      send('ADDED', object);
    }
  }
  start.changes.forEach(deliver);
  if (start.markInitial && bookmarks) {
    bookmark({ 'k8s.io/initial-events-end': 'true' });
  }

  const stopListening = store.onRecordedChange(deliver);
  const timers: NodeJS.Timeout[] = [];
  const forget = context.onStream(() => response.end());
  timers.push(setTimeout(() => response.end(), seconds * 1000));
  if (bookmarks) {
    timers.push(
      setInterval(bookmark, context.bookmarkIntervalMilliseconds),
      setTimeout(
        bookmark,
        Math.max(0, seconds * 1000 - lastBookmarkMilliseconds),
      ),
    );
  }
  response.on('close', () => {
    stopListening();
    forget();
    timers.forEach(timer => clearTimeout(timer));
  });
}
