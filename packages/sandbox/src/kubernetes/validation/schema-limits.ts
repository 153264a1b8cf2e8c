import type { StatusCause } from '../http/status-error';
import type { JsonSchema } from '../schema/schema';
import { notSupported } from './cause';

/** The name of a value's type, as schemas call it. */
export function typeOf(value: unknown): string {
  if (Array.isArray(value)) {
    return 'array';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }
  return typeof value;
}

/** Whether a value is of a schema's type. */
export function hasType(value: unknown, schema: JsonSchema): boolean {
  if (schema['x-kubernetes-int-or-string']) {
    return typeof value === 'string' || typeof value === 'number';
  }
  const actual = typeOf(value);
  return (
    schema.type === undefined ||
    actual === schema.type ||
    (schema.type === 'number' && actual === 'integer')
  );
}

/** The fault of a value of another type. */
export function wrongType(
  field: string,
  value: unknown,
  type: string,
): StatusCause {
  const actual = typeOf(value);
  return {
    reason: 'FieldValueTypeInvalid',
    field,
    message: `Invalid value: "${actual}": ${field} in body must be of type ${type}: "${actual}"`,
  };
}

function isQuantity(value: unknown): boolean {
  return /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/.test(String(value));
}

/** Faults of a value that is of the right type: size, form, one of few. */
export function limits(
  field: string,
  value: unknown,
  schema: JsonSchema,
): StatusCause[] {
  const causes: StatusCause[] = [];
  const break_ = (detail: string) =>
    causes.push({
      reason: 'FieldValueInvalid',
      field,
      message: `Invalid value: ${JSON.stringify(
        value,
      )}: ${field} in body ${detail}`,
    });
  if (typeof value === 'number') {
    if (schema.minimum !== undefined && value < schema.minimum) {
      break_(`should be greater than or equal to ${schema.minimum}`);
    }
    if (schema.maximum !== undefined && value > schema.maximum) {
      break_(`should be less than or equal to ${schema.maximum}`);
    }
  }
  if (typeof value === 'string') {
    if (schema.pattern && !new RegExp(schema.pattern).test(value)) {
      break_(`should match '${schema.pattern}'`);
    }
    if (schema.minLength !== undefined && value.length < schema.minLength) {
      break_(`should be at least ${schema.minLength} chars long`);
    }
    if (schema.maxLength !== undefined && value.length > schema.maxLength) {
      break_(`should be at most ${schema.maxLength} chars long`);
    }
  }
  if (schema.format === 'quantity' && !isQuantity(value)) {
    causes.push({
      reason: 'FieldValueTypeInvalid',
      field,
      message:
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    });
  }
  if (Array.isArray(value)) {
    if (schema.minItems !== undefined && value.length < schema.minItems) {
      break_(`should have at least ${schema.minItems} items`);
    }
    if (schema.maxItems !== undefined && value.length > schema.maxItems) {
      break_(`should have at most ${schema.maxItems} items`);
    }
  }
  if (schema.enum && !schema.enum.includes(value)) {
    causes.push(notSupported(field, value, schema.enum));
  }
  return causes;
}
