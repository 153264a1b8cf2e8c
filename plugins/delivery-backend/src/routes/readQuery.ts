import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { ParsedQs } from 'qs';

const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const MAXIMUM_NAMESPACES = 500;

/** A query parameter that may be given once. */
export function readText(query: ParsedQs, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') {
    return undefined;
  }
  if (typeof value !== 'string') {
    throw new InvalidValueError(name, 'one value', value);
  }
  return value;
}

/** A whole number in a range. */
export function readWhole(
  query: ParsedQs,
  name: string,
  range: { minimum: number; maximum: number; fallback: number },
): number {
  const { minimum, maximum, fallback } = range;
  const text = readText(query, name);
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new InvalidValueError(
      name,
      `a whole number from ${minimum} to ${maximum}`,
      text,
    );
  }
  return value;
}

/** Names of namespaces, separated by commas. */
export function readNamespaces(query: ParsedQs): string[] {
  const names = (readText(query, 'namespaces') ?? '')
    .split(',')
    .filter(name => name !== '');
  const bad = names.find(name => !NAMESPACE.test(name));
  if (bad !== undefined || names.length > MAXIMUM_NAMESPACES) {
    throw new InvalidValueError(
      'namespaces',
      `up to ${MAXIMUM_NAMESPACES} names of namespaces, separated by commas`,
      bad ?? names.length,
    );
  }
  return names;
}
