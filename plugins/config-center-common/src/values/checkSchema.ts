import Ajv2020 from 'ajv/dist/2020';
import type { ErrorObject } from 'ajv';
import { parseDocument } from 'yaml';
import type { ValueKind } from './kinds';
import { parseValue } from './parseValue';
import { problemAt, type ValueProblem } from './places';

/**
 * The key of a prefix that holds the JSON Schema of its keys: an object whose
 * `properties` are named as keys and describe their values.
 *
 * @public
 */
export const SCHEMA_KEY = '_schema.json';

const ROOT = 'prefix';
const LONGEST_PATTERN = 300;
/** A repeated group that repeats inside: a regular expression that may run for ever. */
const NESTED_REPEAT = /\([^()]*[+*}][^()]*\)\s*[+*{]/;

/** A schema that can be asked about keys. @public */
export type PrefixSchema = {
  /** What is wrong with the schema itself; it checks nothing then. */
  problem?: string;
  /** Keys that must be there. */
  required: readonly string[];
  /** What is wrong with the value of a key by the schema. */
  check(key: string, kind: ValueKind, text: string): ValueProblem[];
};

const NOTHING = { required: [], check: () => [] };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first pattern that could hold the process. */
function dangerousPattern(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    return value.map(dangerousPattern).find(Boolean);
  }
  if (!isObject(value)) {
    return undefined;
  }
  for (const [name, inner] of Object.entries(value)) {
    const patterns =
      name === 'patternProperties' && isObject(inner)
        ? Object.keys(inner)
        : [name === 'pattern' ? inner : undefined];
    const bad = patterns.find(
      pattern =>
        typeof pattern === 'string' &&
        (pattern.length > LONGEST_PATTERN || NESTED_REPEAT.test(pattern)),
    );
    const found = typeof bad === 'string' ? bad : dangerousPattern(inner);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

const pointer = (name: string) => name.replace(/~/g, '~0').replace(/\//g, '~1');

/** Where the part of a text stands that an error is about. */
function rangeOf(
  kind: ValueKind,
  text: string,
  path: string,
): [number, number] {
  if (kind !== 'json' && kind !== 'yaml') {
    return [0, text.length];
  }
  const steps = path
    .split('/')
    .slice(1)
    .map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map(step => (/^\d+$/.test(step) ? Number(step) : step));
  const node: unknown = parseDocument(text).getIn(steps, true);
  const range: unknown = isObject(node) ? node.range : undefined;
  return Array.isArray(range) ? [range[0], range[1]] : [0, text.length];
}

function said({ instancePath, message, params }: ErrorObject): string {
  const where = instancePath === '' ? '' : `${instancePath.slice(1)} `;
  const allowed: unknown = params.allowedValues;
  return `Schema: ${where}${message ?? 'does not fit'}${
    Array.isArray(allowed) ? ` (${allowed.join(', ')})` : ''
  }`;
}

/**
 * Reads the schema of a prefix (JSON Schema 2020-12).
 *
 * @param text - the value of {@link SCHEMA_KEY}; undefined where there is none
 * @public
 */
export function readPrefixSchema(text: string | undefined): PrefixSchema {
  if (text === undefined) {
    return NOTHING;
  }
  let schema: unknown;
  try {
    schema = JSON.parse(text);
  } catch (error) {
    return { ...NOTHING, problem: `${SCHEMA_KEY} is not JSON: ${error}` };
  }
  if (!isObject(schema)) {
    return { ...NOTHING, problem: `${SCHEMA_KEY} is not an object` };
  }
  const pattern = dangerousPattern(schema);
  if (pattern !== undefined) {
    return {
      ...NOTHING,
      problem: `${SCHEMA_KEY} has a pattern that may run for ever: ${pattern}`,
    };
  }
  // Values outside of documents are texts; a number among them is one that looks so.
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    validateFormats: false,
    coerceTypes: true,
  });
  const strict = new Ajv2020({
    allErrors: true,
    strict: false,
    validateFormats: false,
  });
  const { $id: _id, $schema: _dialect, ...own } = schema;
  try {
    ajv.addSchema({ ...own, $id: ROOT });
    strict.addSchema({ ...own, $id: ROOT });
    // What cannot be compiled is told now, not at some key.
    ajv.getSchema(ROOT);
  } catch (error) {
    return {
      ...NOTHING,
      problem: `${SCHEMA_KEY} is no JSON Schema: ${
        error instanceof Error ? error.message : error
      }`,
    };
  }
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required)
    ? schema.required.filter((name): name is string => typeof name === 'string')
    : [];
  return {
    required,
    check(key, kind, value) {
      if (!Object.hasOwn(properties, key)) {
        return schema.additionalProperties === false && key !== SCHEMA_KEY
          ? [
              problemAt(
                value,
                0,
                value.length,
                `Schema: ${SCHEMA_KEY} knows no key ${key}`,
              ),
            ]
          : [];
      }
      const data = parseValue(kind, value);
      const isDocument = kind === 'json' || kind === 'yaml';
      if (data === undefined) {
        return [];
      }
      const validate = (isDocument ? strict : ajv).getSchema(
        `${ROOT}#/properties/${encodeURIComponent(pointer(key))}`,
      );
      if (!validate || validate(data) === true) {
        return [];
      }
      return (validate.errors ?? []).map(error => {
        const [from, to] = rangeOf(kind, value, error.instancePath);
        return problemAt(value, from, to, said(error));
      });
    },
  };
}
