import { parseDocument } from 'yaml';
import { z } from 'zod';

/** How a value is written; `binary` is what is no UTF-8. @public */
export const valueKindSchema = z.enum([
  'text',
  'json',
  'yaml',
  'properties',
  'binary',
]);

/** @public */
export type ValueKind = z.infer<typeof valueKindSchema>;

const BY_ENDING: Readonly<Record<string, ValueKind>> = {
  json: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  properties: 'properties',
};

/** The kind that a key's name declares, if it does. @public */
export function declaredKind(key: string): ValueKind | undefined {
  const ending = /\.([a-z]+)$/i.exec(key)?.[1].toLocaleLowerCase('en-US');
  return ending === undefined ? undefined : BY_ENDING[ending];
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) {
    return false;
  }
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Several lines, all of which are comments, empty, or `name=value`. */
function isProperties(lines: readonly string[]): boolean {
  const told = lines.filter(line => !/^\s*([#!].*)?$/.test(line));
  return (
    told.length > 1 && told.every(line => /^\s*[\w.\-[\]]+\s*=/.test(line))
  );
}

function isYaml(text: string, lines: readonly string[]): boolean {
  if (!lines.some(line => /^\s*(- )?["']?[\w.\-/]+["']?:(\s|$)/.test(line))) {
    return false;
  }
  const document = parseDocument(text);
  const { contents } = document;
  return (
    document.errors.length === 0 &&
    contents !== null &&
    'items' in contents &&
    lines.length > 1
  );
}

/**
 * How a value is written: as its key's name says, otherwise as it looks.
 *
 * @public
 */
export function detectKind(key: string, text: string): ValueKind {
  const declared = declaredKind(key);
  if (declared) {
    return declared;
  }
  const lines = text.split('\n');
  if (isJson(text)) {
    return 'json';
  }
  if (isProperties(lines)) {
    return 'properties';
  }
  return isYaml(text, lines) ? 'yaml' : 'text';
}
