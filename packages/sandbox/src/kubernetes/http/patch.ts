import { encode } from '../storage/view';
import type { KubernetesObject } from '../store';
import { isObject } from '../values';
import { jsonPatch } from '../patch/json-patch';
import { mergePatch } from '../patch/merge';
import { targetSchema } from '../patch/managed-fields';
import { strategicMerge } from '../patch/strategic';
import { sendObject } from './answer';
import { apply } from './apply';
import { mediaType, parseValue, readText } from './body';
import type { Exchange } from './context';
import { asManifest, checkName } from './manifest';
import { forbiddenField, invalidValue } from '../validation/cause';
import { isSet } from './revision';
import { invalid, StatusError } from './status-error';
import {
  badRequest,
  unknownMediaType,
  unsupportedMediaType,
} from './request-failures';
import { replaceObject } from './update';
import { stored } from './write';
import { inVersion } from '../storage/view';

const jsonType = 'application/json-patch+json';
const mergeType = 'application/merge-patch+json';
const strategicType = 'application/strategic-merge-patch+json';
const applyType = 'application/apply-patch+yaml';

function acceptedTypes(custom: boolean): string[] {
  return custom
    ? [jsonType, mergeType, applyType]
    : [jsonType, mergeType, strategicType, applyType];
}

function patched(
  exchange: Exchange,
  current: KubernetesObject,
  contentType: string,
  change: unknown,
): unknown {
  const { type, version } = exchange.target;
  const visible = inVersion(current, type, version);
  if (contentType === jsonType) {
    return jsonPatch(visible, change);
  }
  if (!isObject(change)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal: the patch must be an object',
    );
  }
  return contentType === strategicType
    ? strategicMerge(visible, change, targetSchema(exchange))
    : mergePatch(visible, change);
}

/** Whether something could not be decoded as its kind. */
function isUnreadable(error: unknown): error is StatusError {
  return (
    error instanceof StatusError &&
    error.code === 400 &&
    error.message.includes('cannot be handled as')
  );
}

/**
 * Stores what a patch leaves. What could not be read as the kind is the
 * patch's fault, not the request's: 422, as upstream says it.
 */
function replaceByPatch(
  exchange: Exchange,
  result: unknown,
  current: KubernetesObject,
): KubernetesObject {
  const { type } = exchange.target;
  try {
    if (!isObject(result)) {
      throw badRequest('the patch does not leave an object');
    }
    const manifest = asManifest(exchange, result);
    const next = type.toStorage?.(manifest) ?? manifest;
    checkName(exchange, next);
    return replaceObject(exchange, next, current);
  } catch (error) {
    if (isUnreadable(error) && !type.custom) {
      throw invalid('', '', '', [
        invalidValue('patch', JSON.stringify(result), error.message),
      ]);
    }
    throw error;
  }
}

/** Answers a patch request in any of the four formats. */
export async function patch(exchange: Exchange): Promise<void> {
  const { request, response, target } = exchange;
  const { type, version } = target;
  const contentType = mediaType(request);
  if (!acceptedTypes(type.custom).includes(contentType)) {
    throw contentType === strategicType
      ? unsupportedMediaType(acceptedTypes(type.custom))
      : unknownMediaType();
  }
  const content = parseValue(await readText(request), contentType);
  if (contentType === applyType) {
    if (!isObject(content)) {
      throw badRequest('the applied configuration must be an object');
    }
    const { object, created } = apply(exchange, content);
    const json = encode(object, type, version);
    sendObject(response, created ? 201 : 200, undefined, json);
    return;
  }
  if (isSet(exchange.query, 'force')) {
    throw invalid('meta.k8s.io', 'PatchOptions', '', [
      forbiddenField('force', 'may not be specified for non-apply patch'),
    ]);
  }
  const current = stored(exchange);
  const result = patched(exchange, current, contentType, content);
  const updated = replaceByPatch(exchange, result, current);
  sendObject(response, 200, undefined, encode(updated, type, version));
}
