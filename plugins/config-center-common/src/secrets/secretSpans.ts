import { isMap, isPair, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { detectKind } from '../values';
import { readProperties } from '../values/properties';

/** A stretch of a text, in UTF-16 units. @public */
export type Span = { from: number; to: number };

const LAST_WORDS = new Set([
  'password',
  'passwd',
  'pwd',
  'pass',
  'passphrase',
  'secret',
  'secrets',
  'token',
  'credential',
  'credentials',
  'apikey',
  'secretkey',
  'privatekey',
  'accesskey',
]);
/** A key of these kinds is one to keep; one of a map or a cache is not. */
const KEYS = new Set([
  'api',
  'access',
  'private',
  'secret',
  'signing',
  'encryption',
  'auth',
  'license',
  'master',
]);

/** Values that are secrets whatever their name, and the part of them that is. */
const LOOKS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g,
  /\b(?:gh[pousr]_\w{20,}|glpat-[\w-]{10,}|xox[abprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|[a-z]{2,4}_live_\w{8,})/g,
];
/** The password of an address such as `mysql://user:password@host`. */
const IN_ADDRESS = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:)([^\s/@]+)@/gi;
const LINE =
  /^(\s*(?:export\s+)?["']?([\w.\-/]+)["']?\s*[:=]\s*["']?)(.*?)(["']?,?\s*)$/;

/** `${DB_PASSWORD}`, `{{ secret }}` and the like only name a secret. */
const isReference = (value: string) =>
  /^\s*(\$\{[^}]*\}|\{\{.*\}\}|<[\w .-]+>)\s*$/.test(value);

/**
 * Whether a name says that its value is a secret: by its last word, so that
 * `token-ttl` is none.
 *
 * @public
 */
export function isSecretName(name: string): boolean {
  const words = (name.split('/').at(-1) ?? '')
    .replace(/\.(txt|pem)$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLocaleLowerCase('en-US')
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const last = words.at(-1);
  return (
    last !== undefined &&
    (LAST_WORDS.has(last) || (last === 'key' && KEYS.has(words.at(-2) ?? '')))
  );
}

function inDocument(text: string): Span[] | undefined {
  const spans: Span[] = [];
  const walk = (node: unknown) => {
    if (isMap(node) || isSeq(node)) {
      node.items.forEach(walk);
    } else if (isPair(node)) {
      const { key, value } = node;
      const name = isScalar(key) ? String(key.value) : '';
      if (
        isScalar(value) &&
        isSecretName(name) &&
        typeof value.value !== 'boolean' &&
        value.range
      ) {
        const shown = String(value.value ?? '');
        if (shown !== '' && !isReference(shown)) {
          spans.push(inside(text, value.range[0], value.range[1]));
        }
      } else {
        walk(value);
      }
    }
  };
  for (const document of parseAllDocuments(text)) {
    if (document.errors.length > 0) {
      return undefined;
    }
    walk(document.contents);
  }
  return spans;
}

/** Of a scalar what is between its quotes, or below its `|`. */
function inside(text: string, from: number, to: number): Span {
  if (/["']/.test(text[from])) {
    return { from: from + 1, to: to - 1 };
  }
  if (/[|>]/.test(text[from])) {
    const line = text.indexOf('\n', from);
    return line === -1 ? { from, to } : { from: line + 1, to };
  }
  return { from, to };
}

function inLines(text: string): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const match = LINE.exec(line);
    if (match) {
      const [, head, name, value] = match;
      if (value !== '' && isSecretName(name) && !isReference(value)) {
        const from = at + head.length;
        spans.push({ from, to: from + value.length });
      }
    }
    at += line.length + 1;
  }
  return spans;
}

function inProperties(text: string): Span[] {
  return readProperties(text)
    .filter(
      ({ name, value }) =>
        value.trim() !== '' && isSecretName(name) && !isReference(value),
    )
    .map(({ from, to }) => ({ from, to }));
}

function byLooks(text: string): Span[] {
  const whole = LOOKS.flatMap(look =>
    [...text.matchAll(look)].map(match => ({
      from: match.index,
      to: match.index + match[0].length,
    })),
  );
  const addresses = [...text.matchAll(IN_ADDRESS)]
    .filter(([, , password]) => !isReference(password))
    .map(match => {
      const from = match.index + match[1].length;
      return { from, to: from + match[2].length };
    });
  return [...whole, ...addresses];
}

function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) {
      last.to = Math.max(last.to, to);
    } else if (to > from) {
      merged.push({ from, to });
    }
  }
  return merged;
}

/**
 * The parts of a value that look like secrets, in order and apart: all of it
 * where the key's name says so, what names inside of documents say, private
 * keys, JSON Web Tokens, tokens of well-known makers, passwords in addresses.
 *
 * @public
 */
export function secretSpans(key: string, text: string): Span[] {
  const kind = detectKind(key, text);
  if (kind === 'json' || kind === 'yaml') {
    return merge([...(inDocument(text) ?? inLines(text)), ...byLooks(text)]);
  }
  if (kind === 'properties') {
    return merge([...inProperties(text), ...byLooks(text)]);
  }
  if (isSecretName(key) && text.trim() !== '' && !isReference(text)) {
    return [{ from: 0, to: text.length }];
  }
  return merge([...inLines(text), ...byLooks(text)]);
}
