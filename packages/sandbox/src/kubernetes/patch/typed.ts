import { elementKey, listKind, propertySchema } from '../schema/navigate';
import type { JsonSchema } from '../schema/schema';
import { isObject } from '../values';
import type { KubernetesObject } from '../store';
import { StatusError } from '../http/status-error';

const names: Record<string, string> = {
  integer: 'numeric (int or float)',
  number: 'numeric (int or float)',
  string: 'string',
  boolean: 'boolean',
  object: 'map',
  array: 'list',
};

function kindOf(value: unknown): string {
  if (Array.isArray(value)) {
    return 'array';
  }
  return typeof value;
}

function mismatch(
  value: unknown,
  schema: JsonSchema,
  path: string,
): string | undefined {
  const kind = kindOf(value);
  const wanted = schema.type === 'integer' ? 'number' : schema.type;
  if (
    wanted === undefined ||
    kind === wanted ||
    schema['x-kubernetes-int-or-string']
  ) {
    return undefined;
  }
  return `${path}: expected ${names[schema.type ?? '']}, got ${kind}`;
}

/** What keeps a configuration from being merged field by field; undefined when nothing does. */
export function typingProblem(
  value: unknown,
  schema: JsonSchema | undefined,
  path = '',
): string | undefined {
  if (!schema || value === null || value === undefined) {
    return undefined;
  }
  const wrong = mismatch(value, schema, path);
  if (wrong) {
    return wrong;
  }
  if (Array.isArray(value)) {
    const seen = new Set<string>();
    for (const element of value) {
      if (listKind(schema) === 'map') {
        const parts = Object.entries(elementKey(schema, element)).map(
          ([name, part]) => `${name}=${JSON.stringify(part)}`,
        );
        const key = `[${parts.join(',')}]`;
        if (seen.has(key)) {
          return `${path}: duplicate entries for key ${key}`;
        }
        seen.add(key);
      }
      const problem = typingProblem(element, schema.items, `${path}[]`);
      if (problem) {
        return problem;
      }
    }
    return undefined;
  }
  if (!isObject(value)) {
    return undefined;
  }
  const isOpen =
    schema.type !== 'object' ||
    schema['x-kubernetes-preserve-unknown-fields'] === true ||
    schema.additionalProperties === true;
  for (const [name, entry] of Object.entries(value)) {
    const own = propertySchema(schema, name);
    if (!own && !isOpen) {
      return `${path}.${name}: field not declared in schema`;
    }
    const problem = typingProblem(entry, own, `${path}.${name}`);
    if (problem) {
      return problem;
    }
  }
  return undefined;
}

/**
 * Refuses a configuration that does not fit its schema. Upstream answers 500
 * here, which clients have learned to show.
 */
export function refuseUntyped(
  config: KubernetesObject,
  schema: JsonSchema | undefined,
): void {
  const problem = typingProblem(config, schema);
  if (problem) {
    const { name, namespace = '' } = config.metadata;
    throw new StatusError(
      500,
      'InternalError',
      `failed to create typed patch object (${namespace}/${name}; ${config.apiVersion}, Kind=${config.kind}): ${problem}`,
    );
  }
}
