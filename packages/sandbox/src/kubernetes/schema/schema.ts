/**
 * The part of OpenAPI v3 that Kubernetes publishes for its types. One schema
 * feeds strict field checks, types of custom resources, list merge keys of
 * strategic and server-side apply patches, and the served OpenAPI documents.
 */
export interface JsonSchema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  description?: string;
  format?: string;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  required?: string[];
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  default?: unknown;
  nullable?: boolean;
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  not?: JsonSchema;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-embedded-resource'?: boolean;
  'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-map-type'?: 'atomic' | 'granular';
  'x-kubernetes-validations'?: { rule: string; message?: string }[];
  'x-kubernetes-patch-strategy'?: string;
  'x-kubernetes-patch-merge-key'?: string;
}

/** Fields of an object, by name. */
export type Fields = Record<string, JsonSchema>;

/** Plain text. */
export const text: JsonSchema = { type: 'string' };
/** A whole number. */
export const integer: JsonSchema = { type: 'integer' };
/** Any number. */
export const number: JsonSchema = { type: 'number' };
/** True or false. */
export const boolean: JsonSchema = { type: 'boolean' };
/** An instant in RFC 3339. */
export const time: JsonSchema = { type: 'string', format: 'date-time' };
/** A port by number or name, or a share such as `25%`. */
export const integerOrText: JsonSchema = { 'x-kubernetes-int-or-string': true };
/** An amount of a resource, such as `500m` or `64Mi`; plain numbers are let in. */
export const quantity: JsonSchema = {
  'x-kubernetes-int-or-string': true,
  format: 'quantity',
};
/** An object whose fields are not checked. */
export const open: JsonSchema = {
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
};
/** A value of any type. */
export const anything: JsonSchema = {
  'x-kubernetes-preserve-unknown-fields': true,
};

/** An object with exactly these fields. */
export function object(properties: Fields, required?: string[]): JsonSchema {
  return { type: 'object', properties, ...(required ? { required } : {}) };
}

/** An object replaced as a whole by server-side apply. */
export function atomicObject(properties: Fields): JsonSchema {
  return { ...object(properties), 'x-kubernetes-map-type': 'atomic' };
}

/** A map from free keys to values of one type. */
export function mapOf(values: JsonSchema): JsonSchema {
  return { type: 'object', additionalProperties: values };
}

/** A list that is replaced as a whole. */
export function listOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items, 'x-kubernetes-list-type': 'atomic' };
}

/** A list of distinct values that several managers may share. */
export function setOf(items: JsonSchema): JsonSchema {
  return {
    type: 'array',
    items,
    'x-kubernetes-list-type': 'set',
    'x-kubernetes-patch-strategy': 'merge',
  };
}

/**
 * A list of objects merged by key. Server-side apply may need several keys;
 * strategic merge always uses the first unless told otherwise.
 */
export function keyedList(
  keys: string[],
  items: JsonSchema,
  mergeKey: string = keys[0],
): JsonSchema {
  return {
    type: 'array',
    items,
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': keys,
    'x-kubernetes-patch-strategy': 'merge',
    'x-kubernetes-patch-merge-key': mergeKey,
  };
}

/** A span of time such as `5s` or `1m30s`. */
export const duration: JsonSchema = {
  type: 'string',
  'x-kubernetes-validations': [
    {
      rule: "duration(self) >= duration('1ms')",
      message: 'must be a valid duration greater than 1ms',
    },
  ],
};

/** An object that sets at most one of some fields, beside any others. */
export function choice(properties: Fields, ...names: string[]): JsonSchema {
  const alternatives = names.map(name => ({ required: [name] }));
  return {
    ...object(properties),
    oneOf: [{ not: { anyOf: alternatives } }, ...alternatives],
  };
}

/** Text limited to some values. */
export function oneOf(...values: string[]): JsonSchema {
  return { type: 'string', enum: values };
}
