/** Longest line that is accepted; a single object is far smaller. */
const MAX_LINE_CHARACTERS = 32 * 1024 * 1024;

/**
 * Splits a byte stream into lines without their ends. A last line without an
 * end is a cut-off message and is dropped.
 */
export async function* readLines(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pending: string[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const parts = decoder.decode(chunk, { stream: true }).split('\n');
    for (const [index, part] of parts.entries()) {
      pending.push(part);
      length += part.length;
      if (length > MAX_LINE_CHARACTERS) {
        throw new Error(`A line exceeds ${MAX_LINE_CHARACTERS} characters`);
      }
      if (index < parts.length - 1) {
        const line = pending.join('');
        pending = [];
        length = 0;
        if (line !== '') {
          yield line;
        }
      }
    }
  }
}
