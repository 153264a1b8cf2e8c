import { secretSpans } from './secretSpans';

/** What stands where a secret was. @public */
export const SECRET_MASK = '••••••••';

/** A value that can be shown to anybody who may read. @public */
export type MaskedText = { text: string; isMasked: boolean };

function replaceSpans(
  key: string,
  text: string,
  replace: (secret: string) => string,
): MaskedText {
  const spans = secretSpans(key, text);
  let at = 0;
  const parts: string[] = [];
  for (const { from, to } of spans) {
    const secret = text.slice(from, to);
    // A secret that ends its line does not take the line's end along.
    const end = /\n+$/.exec(secret)?.[0] ?? '';
    parts.push(text.slice(at, from), replace(secret), end);
    at = to;
  }
  parts.push(text.slice(at));
  return { text: parts.join(''), isMasked: spans.length > 0 };
}

/** A value with its secrets masked. @public */
export function maskSecrets(key: string, text: string): MaskedText {
  return replaceSpans(key, text, () => SECRET_MASK);
}

/**
 * A value and the one that takes its place, both masked. What changed can be
 * told, though not what it was: new secrets are marked.
 *
 * @public
 */
export function maskChange(
  key: string,
  before: string | undefined,
  after: string | undefined,
): { before: string; after: string } {
  const known = new Set<string>();
  const masked =
    before === undefined
      ? ''
      : replaceSpans(key, before, secret => {
          known.add(secret.trim());
          return SECRET_MASK;
        }).text;
  return {
    before: masked,
    after:
      after === undefined
        ? ''
        : replaceSpans(key, after, secret =>
            before === undefined || known.has(secret.trim())
              ? SECRET_MASK
              : `${SECRET_MASK} (changed)`,
          ).text,
  };
}

/**
 * Whether a value still has the mask of a secret in it: written so, the secret
 * would be lost.
 *
 * @public
 */
export function hasMask(text: string): boolean {
  return text.includes(SECRET_MASK);
}
