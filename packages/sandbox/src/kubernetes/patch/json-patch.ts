import { applyPatch, type Operation } from 'fast-json-patch';
import { invalid, badRequest } from '../http/status-error';
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
export function jsonPatch(
  target: unknown,
  patch: unknown,
  subject: { group: string; kind: string; name: string },
): unknown {
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
    const message = error instanceof Error ? error.message : String(error);
    throw invalid(subject.group, subject.kind, subject.name, [
      {
        reason: 'FieldValueInvalid',
        message: `the server rejected our request due to an error in our request: ${
          message.split('\n')[0]
        }`,
      },
    ]);
  }
}
