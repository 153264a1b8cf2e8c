import { collectionOf } from '../resources/resource';
import { encode } from '../storage/view';
import { timestamp } from '../storage/timestamp';
import type { KubernetesObject } from '../store';
import { asNumber, asObject, asText, type JsonObject } from '../values';
import { addWarnings, sendObject } from './answer';
import { readObject } from './body';
import type { Exchange } from './context';
import { isDryRun } from './dry-run';
import { select } from './list';
import { parseCount } from './revision';
import { notSupported } from '../validation/cause';
import { invalid } from './status-error';
import { checkPreconditions, stored } from './write';

/** What a caller may say about a deletion, from the body and the query. */
export interface DeleteOptions {
  gracePeriodSeconds?: number;
  /** As asked for; the kind's own default applies otherwise. */
  propagationPolicy?: string;
  preconditions: { uid?: string; resourceVersion?: string };
}

const policies = ['Foreground', 'Background', 'Orphan'];

/** Reads the options of a deletion. */
export function parseDeleteOptions(
  body: JsonObject | undefined,
  query: URLSearchParams,
): DeleteOptions {
  const preconditions = asObject(body?.preconditions);
  const policy =
    asText(body?.propagationPolicy) ?? query.get('propagationPolicy');
  if (policy && !policies.includes(policy)) {
    throw invalid('meta.k8s.io', 'DeleteOptions', '', [
      notSupported('propagationPolicy', policy, [...policies, 'nil']),
    ]);
  }
  const grace =
    asNumber(body?.gracePeriodSeconds) ??
    parseCount(query, 'gracePeriodSeconds');
  const orphans = body?.orphanDependents === true ? 'Orphan' : undefined;
  return {
    ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
    propagationPolicy: policy || orphans,
    preconditions: {
      uid: asText(preconditions.uid),
      resourceVersion: asText(preconditions.resourceVersion),
    },
  };
}

function withFinalizers(
  exchange: Exchange,
  current: KubernetesObject,
  propagationPolicy: string | undefined,
): string[] {
  const finalizers = new Set(current.metadata.finalizers ?? []);
  // Jobs are of old the only kind that leaves its pods behind by default.
  const policy =
    propagationPolicy ??
    (collectionOf(exchange.target.type) === 'jobs.batch'
      ? 'Orphan'
      : 'Background');
  if (policy === 'Foreground') {
    finalizers.add('foregroundDeletion');
  } else if (policy === 'Orphan') {
    finalizers.add('orphan');
  }
  if (collectionOf(exchange.target.type) === 'namespaces') {
    finalizers.add('kubernetes');
  }
  return [...finalizers];
}

/** How long a deletion waits: only scheduled pods are given time to stop. */
function graceSeconds(
  exchange: Exchange,
  current: KubernetesObject,
  asked: number | undefined,
): number {
  if (
    collectionOf(exchange.target.type) !== 'pods' ||
    !current.spec?.nodeName
  ) {
    return 0;
  }
  return asked ?? asNumber(current.spec.terminationGracePeriodSeconds) ?? 30;
}

/** Deletes one object at once, or marks it when something must happen first. */
export function removeObject(
  exchange: Exchange,
  current: KubernetesObject,
  options: DeleteOptions,
): { object: KubernetesObject; gone: boolean } {
  const { context, target, query } = exchange;
  const { type } = target;
  const resource = collectionOf(type);
  checkPreconditions(type, current, options.preconditions);
  const finalizers = withFinalizers(
    exchange,
    current,
    options.propagationPolicy,
  );
  const grace = graceSeconds(exchange, current, options.gracePeriodSeconds);
  const { namespace, name } = current.metadata;
  if (finalizers.length === 0 && grace === 0) {
    return isDryRun(query)
      ? { object: current, gone: true }
      : {
          object: context.store.delete(resource, namespace, name) ?? current,
          gone: true,
        };
  }
  const marked: KubernetesObject = {
    ...current,
    metadata: {
      ...current.metadata,
      ...(finalizers.length ? { finalizers } : {}),
      deletionTimestamp:
        current.metadata.deletionTimestamp ??
        timestamp(context.clock.now() + grace * 1000),
      deletionGracePeriodSeconds: grace,
    },
  };
  if (resource === 'namespaces') {
    marked.status = { ...marked.status, phase: 'Terminating' };
  }
  return {
    object: isDryRun(query) ? marked : context.store.put(resource, marked),
    gone: false,
  };
}

/** Kinds whose deletion answers with the last state instead of a Status. */
const answersWithObject = new Set([
  'pods',
  'services',
  'serviceaccounts',
  'resourcequotas',
  'persistentvolumes',
  'persistentvolumeclaims',
]);

/** Answers a delete request. */
export async function remove(exchange: Exchange): Promise<void> {
  const { request, response, query, target } = exchange;
  const { type, version } = target;
  const options = parseDeleteOptions(await readObject(request), query);
  if (
    collectionOf(type) === 'jobs.batch' &&
    options.propagationPolicy === undefined
  ) {
    addWarnings(response, [
      'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning',
    ]);
  }
  const current = stored(exchange);
  const { object, gone } = removeObject(exchange, current, options);
  if (!gone || answersWithObject.has(collectionOf(type))) {
    sendObject(response, 200, undefined, encode(object, type, version));
    return;
  }
  sendObject(response, 200, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: current.metadata.name,
      ...(type.group ? { group: type.group } : {}),
      kind: type.plural,
      uid: current.metadata.uid,
    },
  });
}

/** Answers a request to delete everything that selectors match. */
export async function removeCollection(exchange: Exchange): Promise<void> {
  const { request, response, query } = exchange;
  const options = parseDeleteOptions(await readObject(request), query);
  const { items, revision } = select(exchange);
  const objects = items.map(
    item => removeObject(exchange, item, options).object,
  );
  const { type, version } = exchange.target;
  const encoded = objects.map(object => encode(object, type, version));
  sendObject(
    response,
    200,
    undefined,
    `{"kind":"${type.listKind}","apiVersion":"${
      type.group ? `${type.group}/` : ''
    }${version}","metadata":{"resourceVersion":"${revision}"},"items":[${encoded.join(
      ',',
    )}]}`,
  );
}
