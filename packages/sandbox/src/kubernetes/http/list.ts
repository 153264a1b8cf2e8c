import type { KubernetesObject } from '../store';
import { apiVersionOf, collectionOf } from '../resources/resource';
import { objectKey } from '../storage/collection';
import { encodeItem, encodeMetadata } from '../storage/view';
import { asNumber, asObject, asText } from '../values';
import { negotiate } from './accept';
import { sendObject } from './answer';
import type { Exchange } from './context';
import { parseCount, parseRevision, refuseFuture } from './revision';
import { parseFieldSelector, parseLabelSelector } from './selectors';
import { forbiddenField } from '../validation/cause';
import { expired, invalid } from './status-error';
import { badRequest } from './request-failures';
import { encodeTable, wantsTable } from '../tables/table';

/** Where the next page starts: after a key, at the revision of the first page. */
interface Continuation {
  revision: number;
  after: string;
}

function encodeContinuation({ revision, after }: Continuation): string {
  return Buffer.from(
    JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: after }),
  ).toString('base64url');
}

function decodeContinuation(token: string): Continuation {
  try {
    const value = asObject(
      JSON.parse(Buffer.from(token, 'base64url').toString('utf8')),
    );
    const revision = asNumber(value.rv);
    const after = asText(value.start);
    if (revision !== undefined && after !== undefined) {
      return { revision, after };
    }
  } catch {
    // Not JSON: refused below like any other malformed token.
  }
  throw badRequest(
    'invalid continue token: continue key is not valid: it is not one that a list of this server answered with',
  );
}

function keyOf(object: KubernetesObject): string {
  return objectKey(object.metadata.namespace, object.metadata.name);
}

/** Objects that a list request selects, and the page's place among them. */
export interface Selection {
  revision: number;
  items: readonly KubernetesObject[];
  continueToken?: string;
  remaining?: number;
}

function snapshot(exchange: Exchange): {
  revision: number;
  objects: readonly KubernetesObject[];
  after?: string;
} {
  const { context, query, target } = exchange;
  const { store } = context;
  const resource = collectionOf(target.type);
  const token = query.get('continue');
  const asked = parseRevision(query.get('resourceVersion'));
  if (token) {
    if (asked) {
      throw badRequest(
        'specifying resource version is not allowed when using continue',
      );
    }
    const { revision, after } = decodeContinuation(token);
    const objects = store.listAt(resource, revision, target.namespace);
    if (!objects) {
      throw expired(
        'The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue parameter.',
      );
    }
    return { revision, objects, after };
  }
  if (asked) {
    refuseFuture(store, asked);
  }
  if (query.get('resourceVersionMatch') === 'Exact' && asked) {
    const objects = store.listAt(resource, asked, target.namespace);
    if (!objects) {
      throw expired(`The resourceVersion for the provided list is too old.`);
    }
    return { revision: asked, objects };
  }
  return {
    revision: store.revision,
    objects:
      target.type.compute?.(target.namespace) ??
      store.list(resource, target.namespace),
  };
}

/** Applies selectors, limit and continue token of a list request. */
export function select(exchange: Exchange): Selection {
  const { query, target } = exchange;
  const match = query.get('resourceVersionMatch');
  if (match && !query.get('resourceVersion')) {
    throw invalid('meta.k8s.io', 'ListOptions', '', [
      forbiddenField(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden unless resourceVersion is provided',
      ),
    ]);
  }
  const byLabel = parseLabelSelector(query.get('labelSelector'));
  const byField = parseFieldSelector(query.get('fieldSelector'), target.type);
  const limit = parseCount(query, 'limit') ?? 0;
  const { revision, objects, after } = snapshot(exchange);
  const items = objects.filter(
    object =>
      (after === undefined || keyOf(object) > after) &&
      byLabel(object) &&
      byField(object),
  );
  if (limit <= 0 || items.length <= limit) {
    return { revision, items };
  }
  const page = items.slice(0, limit);
  return {
    revision,
    items: page,
    continueToken: encodeContinuation({
      revision,
      after: keyOf(page[page.length - 1]),
    }),
    remaining: items.length - limit,
  };
}

/** Answers a list request. */
export function list(exchange: Exchange): void {
  const { request, response, target } = exchange;
  const { type, version } = target;
  const { revision, items, continueToken, remaining } = select(exchange);
  const metadata = {
    resourceVersion: String(revision),
    ...(continueToken ? { continue: continueToken } : {}),
    ...(remaining !== undefined ? { remainingItemCount: remaining } : {}),
  };
  const table = wantsTable(request, exchange.query);
  if (table) {
    const json = encodeTable(exchange, items, metadata, table);
    sendObject(response, 200, undefined, json);
    return;
  }
  if (negotiate(request) === 'Metadata') {
    const partial = items.map(encodeMetadata).join(',');
    const json = `{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":${JSON.stringify(
      metadata,
    )},"items":[${partial}]}`;
    sendObject(response, 200, undefined, json);
    return;
  }
  const head = `{"kind":"${type.listKind}","apiVersion":"${apiVersionOf(
    type.group,
    version,
  )}","metadata":${JSON.stringify(metadata)},"items":[`;
  const encoded = items.map(object => encodeItem(object, type, version));
  sendObject(response, 200, undefined, `${head}${encoded.join(',')}]}`);
}
