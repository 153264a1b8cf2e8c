import {
  applyPatch,
  JsonPatchError,
  unescapePathComponent,
  type Operation,
} from 'fast-json-patch';
import { StatusError } from '../http/status-error';
import { badRequest } from '../http/request-failures';
import { isObject } from '../values';

const operations = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

function isOperation(value: unknown): value is Operation {
  return (
    isObject(value) &&
    typeof value.path === 'string' &&
    operations.includes(String(value.op))
  );
}

function refused(): StatusError {
  return new StatusError(
    422,
    'Invalid',
    'the server rejected our request due to an error in our request',
    {},
  );
}

/** Replacing a field that is not there adds it, as the API server's library does. */
function lenient(document: unknown, step: Operation): Operation {
  if (step.op !== 'replace') {
    return step;
  }
  const parts = step.path.split('/').slice(1).map(unescapePathComponent);
  const name = parts.pop();
  let parent: unknown = document;
  for (const part of parts) {
    parent = isObject(parent) ? parent[part] : Object(parent)[part];
  }
  return isObject(parent) && name !== undefined && !(name in parent)
    ? { ...step, op: 'add' }
    : step;
}

/** JSON patch, RFC 6902; a failed step refuses the whole patch with 422. */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal: a JSON patch is a list of operations',
    );
  }
  let document: unknown = structuredClone(target);
  for (const step of patch) {
    if (!isOperation(step)) {
      throw refused();
    }
    try {
      document = applyPatch(
        document,
        [lenient(document, step)],
        true,
      ).newDocument;
    } catch (error) {
      throw error instanceof JsonPatchError ? refused() : error;
    }
  }
  return document;
}
