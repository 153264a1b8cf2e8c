/**
 * Two NaN bit patterns that no calculation produces. They are written and
 * recognised through an integer view, because reading a NaN as a number and
 * writing it again may lose its payload.
 *
 * STALE is Prometheus's own staleness marker (model/value, StaleNaN,
 * 0x7ff0000000000002); ABSENT marks a slot without a sample.
 */
const HIGH_WORD = 0x7ff00000;
const STALE_LOW_WORD = 2;
const ABSENT_LOW_WORD = 3;

const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
const lowOffset = littleEndian ? 0 : 1;
const highOffset = littleEndian ? 1 : 0;

/** What a NaN read from storage stands for. */
export type NotANumberKind = 'value' | 'stale' | 'absent';

function write(words: Uint32Array, index: number, low: number): void {
  words[2 * index + lowOffset] = low;
  words[2 * index + highOffset] = HIGH_WORD;
}

/** Writes the staleness marker at a float index of the array that `words` views. */
export function writeStale(words: Uint32Array, index: number): void {
  write(words, index, STALE_LOW_WORD);
}

/** Marks a float index of the array that `words` views as having no sample. */
export function writeAbsent(words: Uint32Array, index: number): void {
  write(words, index, ABSENT_LOW_WORD);
}

/** Tells a legal NaN sample from the two markers. */
export function notANumberKind(
  words: Uint32Array,
  index: number,
): NotANumberKind {
  if (words[2 * index + highOffset] !== HIGH_WORD) return 'value';
  const low = words[2 * index + lowOffset];
  if (low === STALE_LOW_WORD) return 'stale';
  return low === ABSENT_LOW_WORD ? 'absent' : 'value';
}
