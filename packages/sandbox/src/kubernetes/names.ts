import type { Random } from '../random';

/** Letters that cannot spell a word, as Kubernetes uses for name suffixes. */
const letters = 'bcdfghjklmnpqrstvwxz2456789';

/** A random name suffix. */
export function randomSuffix(random: Random, length = 5): string {
  let suffix = '';
  for (let index = 0; index < length; index++) {
    suffix += letters[random.integer(letters.length)];
  }
  return suffix;
}

function fnv(content: string, seed: number): number {
  let hash = (2166136261 ^ seed) >>> 0;
  for (let index = 0; index < content.length; index++) {
    hash = Math.imul(hash ^ content.charCodeAt(index), 16777619) >>> 0;
  }
  return hash;
}

/** A short name for a value: equal values, whatever their key order, get equal names. */
export function contentHash(value: unknown, length = 10): string {
  const content = stableJson(value);
  let first = fnv(content, 0);
  let second = fnv(content, 0x9e3779b9);
  let name = '';
  for (let index = 0; index < length; index++) {
    const source = index % 2 === 0 ? first : second;
    name += letters[source % letters.length];
    if (index % 2 === 0) {
      first = Math.floor(first / letters.length);
    } else {
      second = Math.floor(second / letters.length);
    }
  }
  return name;
}

/** JSON with sorted keys. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(
          Object.entries(entry).sort(([left], [right]) =>
            left < right ? -1 : 1,
          ),
        )
      : entry,
  );
}

/** A UUID of version 4 in form. */
export function randomUuid(random: Random): string {
  const hex = (digits: number) =>
    random
      .integer(16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  const variant = (8 + random.integer(4)).toString(16);
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(
    6,
  )}`;
}
