/** A source of repeatable pseudo-random numbers. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** An integer in [0, limit). */
  integer(limit: number): number;
  /** One element of a non-empty list. */
  pick<T>(list: readonly T[]): T;
  /** An independent stream that depends only on the seed and the name. */
  fork(name: string): Random;
}

function hashText(text: string, seed: number): number {
  // FNV-1a, 32 bit: cheap, and good enough to separate streams by name.
  let hash = (2166136261 ^ seed) >>> 0;
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 16777619) >>> 0;
  }
  return hash;
}

/**
 * Seeded generator (mulberry32, public domain algorithm by Tommy Ettinger).
 * Equal seeds give equal sequences on every platform.
 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    integer: limit => Math.floor(next() * limit),
    pick: list => list[Math.floor(next() * list.length)],
    fork: name => createRandom(hashText(name, seed)),
  };
}
