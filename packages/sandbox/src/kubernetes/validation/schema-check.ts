import type { StatusCause } from '../http/status-error';
import { hasType, limits, typeOf, wrongType } from './schema-limits';
import { isDeclared, propertySchema } from '../schema/navigate';
import type { JsonSchema } from '../schema/schema';
import { isObject } from '../values';
import { required } from './cause';
import { keepsRule } from './rules';

/** What a value breaks in its schema. */
export interface SchemaFindings {
  causes: StatusCause[];
  /** Paths of fields that the schema does not know. */
  unknown: string[];
}

function rules(
  field: string,
  value: unknown,
  schema: JsonSchema,
): StatusCause[] {
  return (schema['x-kubernetes-validations'] ?? [])
    .filter(({ rule }) => !keepsRule(rule, value))
    .map(({ rule, message }) => ({
      reason: 'FieldValueInvalid',
      field,
      message: `Invalid value: "${typeOf(value)}": ${
        message ?? `failed rule: ${rule}`
      }`,
    }));
}

function matches(value: unknown, schema: JsonSchema): boolean {
  return checkSchema(value, schema).causes.length === 0;
}

/** Combinations of schemas; upstream reports them without a field of their own. */
function alternatives(
  field: string,
  value: unknown,
  schema: JsonSchema,
): StatusCause[] {
  const causes: StatusCause[] = [];
  const refuse = (detail: string) =>
    causes.push({
      reason: 'FieldValueInvalid',
      field: '<nil>',
      message: `Invalid value: "": "${field}" must ${detail}`,
    });
  const { oneOf, anyOf, allOf, not } = schema;
  if (oneOf) {
    const valid = oneOf.filter(entry => matches(value, entry)).length;
    if (valid !== 1) {
      const found = valid === 0 ? 'none' : String(valid);
      refuse(
        `validate one and only one schema (oneOf). Found ${found} valid alternatives`,
      );
    }
  }
  if (anyOf && !anyOf.some(entry => matches(value, entry))) {
    refuse('validate at least one schema (anyOf)');
  }
  if (allOf && !allOf.every(entry => matches(value, entry))) {
    refuse('validate all the schemas (allOf)');
  }
  if (not && matches(value, not)) {
    refuse('not validate the schema (not)');
  }
  return causes;
}

function isFree(schema: JsonSchema): boolean {
  return schema['x-kubernetes-preserve-unknown-fields'] === true;
}

/** Compares a value with its schema: types, limits, required and unknown fields. */
export function checkSchema(
  value: unknown,
  schema: JsonSchema | undefined,
  field = '',
  findings: SchemaFindings = { causes: [], unknown: [] },
): SchemaFindings {
  if (!schema || value === undefined || value === null) {
    return findings;
  }
  if (!hasType(value, schema)) {
    findings.causes.push(
      wrongType(field, value, schema.type ?? 'integer or string'),
    );
    return findings;
  }
  findings.causes.push(
    ...limits(field, value, schema),
    ...alternatives(field, value, schema),
    ...rules(field, value, schema),
  );
  if (Array.isArray(value)) {
    value.forEach((entry, index) =>
      checkSchema(entry, schema.items, `${field}[${index}]`, findings),
    );
  } else if (isObject(value)) {
    checkObject(value, schema, field, findings);
  }
  return findings;
}

function checkObject(
  value: Record<string, unknown>,
  schema: JsonSchema,
  field: string,
  findings: SchemaFindings,
): void {
  const below = (name: string) => (field ? `${field}.${name}` : name);
  for (const name of schema.required ?? []) {
    if (value[name] === undefined) {
      findings.causes.push(required(below(name)));
    }
  }
  for (const [name, entry] of Object.entries(value)) {
    const own = propertySchema(schema, name);
    if (own) {
      const path = isDeclared(schema, name) ? below(name) : `${field}.${name}`;
      checkSchema(entry, own, path, findings);
    } else if (
      entry !== undefined &&
      !isFree(schema) &&
      schema.additionalProperties !== true &&
      schema.type === 'object'
    ) {
      findings.unknown.push(below(name));
    }
  }
}

/** The value without the fields that its schema does not know. */
export function prune(value: unknown, schema: JsonSchema | undefined): unknown {
  if (!schema) {
    return value;
  }
  if (Array.isArray(value)) {
    return schema.items
      ? value.map(entry => prune(entry, schema.items))
      : value;
  }
  if (!isObject(value) || schema.type !== 'object') {
    return value;
  }
  const result: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    const own = propertySchema(schema, name);
    if (own) {
      result[name] = prune(entry, own);
    } else if (isFree(schema) || schema.additionalProperties === true) {
      result[name] = entry;
    }
  }
  return result;
}
