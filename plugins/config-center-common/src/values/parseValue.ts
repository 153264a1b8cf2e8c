import { parseDocument } from 'yaml';
import type { ValueKind } from './kinds';
import { readProperties } from './properties';

/**
 * A value as data, for schemas: JSON and YAML parsed, properties as an object
 * of texts, the rest as it stands.
 *
 * @returns undefined where it cannot be parsed
 * @public
 */
export function parseValue(kind: ValueKind, text: string): unknown {
  if (kind === 'json') {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }
  if (kind === 'yaml') {
    const document = parseDocument(text);
    return document.errors.length > 0 ? undefined : document.toJS();
  }
  if (kind === 'properties') {
    return Object.fromEntries(
      readProperties(text).map(({ name, value }) => [name, value]),
    );
  }
  return text.trim();
}
