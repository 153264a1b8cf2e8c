import { collectionOf } from '../resources/resource';
import type { KubernetesObject } from '../store';
import {
  asNumber,
  asObject,
  asText,
  asTexts,
  at,
  isObject,
  type JsonObject,
} from '../values';
import { jsonPatch } from '../patch/json-patch';
import { mergePatch } from '../patch/merge';
import { sendObject } from './answer';
import { mediaType, parseValue, readObject, readText } from './body';
import type { Exchange } from './context';
import { invalid } from './status-error';
import { badRequest, unknownMediaType } from './request-failures';
import { replaceObject } from './update';
import { stored } from './write';

const patchTypes = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
];

function selectorText(value: unknown): string {
  const labels = asTexts(asObject(value).matchLabels ?? value);
  return Object.entries(labels)
    .map(([key, label]) => `${key}=${label}`)
    .join(',');
}

function pathOf(jsonPath: string): string {
  return jsonPath.replace(/^\./, '');
}

/** The size of a scalable object as a `Scale`. */
function scaleOf(exchange: Exchange, object: KubernetesObject): JsonObject {
  const { scale } = exchange.target.type;
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  const replicas = scale && at(object, pathOf(scale.specReplicasPath));
  const actual = scale && at(object, pathOf(scale.statusReplicasPath));
  const selector = scale?.labelSelectorPath
    ? asText(at(object, pathOf(scale.labelSelectorPath)))
    : selectorText(object.spec?.selector);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: asNumber(replicas) ?? 0 },
    status: {
      replicas: asNumber(actual) ?? 0,
      ...(selector ? { selector } : {}),
    },
  };
}

export function getScale(exchange: Exchange): void {
  sendObject(exchange.response, 200, scaleOf(exchange, stored(exchange)));
}

function withReplicas(
  object: KubernetesObject,
  path: string[],
  replicas: number,
): KubernetesObject {
  const set = (value: unknown, [field, ...rest]: string[]): JsonObject => ({
    ...asObject(value),
    [field]: rest.length ? set(asObject(value)[field], rest) : replicas,
  });
  const changed = set(object, path);
  return { ...object, spec: asObject(changed.spec) };
}

function resize(exchange: Exchange, wanted: JsonObject): void {
  const { type } = exchange.target;
  const current = stored(exchange);
  const replicas = asNumber(asObject(wanted.spec).replicas) ?? 0;
  if (replicas < 0 || !Number.isInteger(replicas)) {
    throw invalid('autoscaling', 'Scale', current.metadata.name, [
      {
        reason: 'FieldValueInvalid',
        field: 'spec.replicas',
        message: `Invalid value: ${replicas}: must be greater than or equal to 0`,
      },
    ]);
  }
  const path = pathOf(type.scale?.specReplicasPath ?? 'spec.replicas');
  const resized = withReplicas(current, path.split('.'), replicas);
  const metadata = {
    ...resized.metadata,
    resourceVersion: asText(asObject(wanted.metadata).resourceVersion),
  };
  const target = { ...exchange.target, subresource: undefined };
  const next = { ...resized, metadata };
  const updated = replaceObject({ ...exchange, target }, next, current);
  sendObject(exchange.response, 200, scaleOf(exchange, updated));
}

/** Answers `PUT .../scale`. */
export async function updateScale(exchange: Exchange): Promise<void> {
  const body = await readObject(exchange.request);
  if (!body || body.kind !== 'Scale') {
    throw badRequest(
      `expected a Scale of autoscaling/v1 for ${collectionOf(
        exchange.target.type,
      )}`,
    );
  }
  resize(exchange, body);
}

/** Answers `PATCH .../scale`. */
export async function patchScale(exchange: Exchange): Promise<void> {
  const { request } = exchange;
  const contentType = mediaType(request);
  if (!patchTypes.includes(contentType)) {
    throw unknownMediaType();
  }
  const content = parseValue(await readText(request), contentType);
  const current = scaleOf(exchange, stored(exchange));
  const next =
    contentType === patchTypes[0]
      ? jsonPatch(current, content)
      : mergePatch(current, content);
  if (!isObject(next)) {
    throw badRequest('the patch does not leave an object');
  }
  resize(exchange, next);
}
