import type { StatusCause } from '../http/status-error';

/** A field that must be given. */
export function required(field: string, detail = ''): StatusCause {
  return {
    reason: 'FieldValueRequired',
    field,
    message: detail ? `Required value: ${detail}` : 'Required value',
  };
}

/** A value that is not allowed, and why. */
export function invalidValue(
  field: string,
  value: unknown,
  detail: string,
): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    field,
    message: `Invalid value: ${JSON.stringify(value)}: ${detail}`,
  };
}

/** A value that is not one of those allowed. */
export function notSupported(
  field: string,
  value: unknown,
  supported: readonly unknown[],
): StatusCause {
  const list = supported.map(entry => JSON.stringify(entry)).join(', ');
  return {
    reason: 'FieldValueNotSupported',
    field,
    message: `Unsupported value: ${JSON.stringify(
      value,
    )}: supported values: ${list}`,
  };
}

/** A value that occurs twice where it may occur once. */
export function duplicate(field: string, value: unknown): StatusCause {
  return {
    reason: 'FieldValueDuplicate',
    field,
    message: `Duplicate value: ${JSON.stringify(value)}`,
  };
}

/** Something that may not be done to a field. */
export function forbiddenField(field: string, detail: string): StatusCause {
  return {
    reason: 'FieldValueForbidden',
    field,
    message: `Forbidden: ${detail}`,
  };
}
