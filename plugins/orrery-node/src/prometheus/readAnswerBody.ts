/** Where the rows of an answer begin. */
const ROWS = '"result":[';
/**
 * Between two rows. Inside a label value its quotes would be escaped, so it
 * cannot be part of one.
 */
const BETWEEN = '},{"metric":';

/** Texts that are the same are kept once: an answer has few names, many times. */
export class Interner {
  readonly #known = new Map<string, string>();
  readonly #most: number;

  constructor(most = 200_000) {
    this.#most = most;
  }

  intern(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) {
      return known;
    }
    if (this.#known.size >= this.#most) {
      this.#known.clear();
    }
    this.#known.set(text, text);
    return text;
  }
}

function internLabels(rows: unknown, interner: Interner): void {
  if (!Array.isArray(rows)) {
    return;
  }
  for (const row of rows) {
    const metric: unknown = row?.metric;
    if (typeof metric === 'object' && metric !== null) {
      for (const [name, value] of Object.entries(metric)) {
        if (typeof value === 'string') {
          Reflect.set(metric, name, interner.intern(value));
        }
      }
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads the JSON of an answer piece by piece, so that one of a hundred
 * megabytes neither stands in memory as one text nor blocks everyone while
 * it is parsed.
 *
 * @returns the answer, undefined when it is not JSON, and the text around its rows
 */
export async function readAnswerBody(
  body: AsyncIterable<Uint8Array> | null,
  interner: Interner,
): Promise<{ answer: unknown; text: string }> {
  const decoder = new TextDecoder();
  const rows: unknown[] = [];
  let head: string | undefined;
  let pending = '';
  for await (const bytes of body ?? []) {
    pending += decoder.decode(bytes, { stream: true });
    if (head === undefined) {
      const start = pending.indexOf(ROWS);
      if (start < 0) {
        continue;
      }
      head = pending.slice(0, start + ROWS.length);
      pending = pending.slice(head.length);
    }
    const cut = pending.lastIndexOf(BETWEEN);
    if (cut > 0) {
      const part = parse(`[${pending.slice(0, cut + 1)}]`);
      if (!Array.isArray(part)) {
        return { answer: undefined, text: head + pending.slice(0, 1000) };
      }
      internLabels(part, interner);
      for (const row of part) {
        rows.push(row);
      }
      pending = pending.slice(cut + 2);
    }
  }
  pending += decoder.decode();
  const text = (head ?? '') + pending;
  const answer = parse(text);
  const data: unknown =
    typeof answer === 'object' && answer !== null
      ? Reflect.get(answer, 'data')
      : undefined;
  if (typeof data === 'object' && data !== null) {
    const last: unknown = Reflect.get(data, 'result');
    internLabels(last, interner);
    if (rows.length > 0 && Array.isArray(last)) {
      Reflect.set(data, 'result', rows.concat(last));
    }
  }
  return { answer, text: text.slice(0, 1000) };
}
