import { applyPatch, JsonPatchError, type Operation } from 'fast-json-patch';
import { badRequest, StatusError } from '../http/status-error';
import { isObject } from '../values';

const operations = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

function isOperation(value: unknown): value is Operation {
  return (
    isObject(value) &&
    typeof value.path === 'string' &&
    operations.includes(String(value.op))
  );
}

/** JSON patch, RFC 6902; a failed step refuses the whole patch with 422. */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) {
    throw badRequest(
      'json: cannot unmarshal object into Go value of type jsonpatch.Patch',
    );
  }
  const steps = patch.filter(isOperation);
  if (steps.length !== patch.length) {
    throw badRequest(
      `each operation needs a path and an op of ${operations.join(', ')}`,
    );
  }
  try {
    const copy: unknown = structuredClone(target);
    return applyPatch(copy, steps, true).newDocument;
  } catch (error) {
    if (error instanceof JsonPatchError) {
      throw new StatusError(
        422,
        'Invalid',
        'the server rejected our request due to an error in our request',
        {},
      );
    }
    throw error;
  }
}
