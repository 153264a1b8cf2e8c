/**
 * One Server-Sent Event. `id` lets a client resume; `data` is one JSON text.
 *
 * @public
 */
export type StreamEvent = {
  event: 'snapshot' | 'delta' | 'problem' | 'heartbeat';
  id?: string;
  data: string;
};

const KNOWN_EVENTS = new Set<string>([
  'snapshot',
  'delta',
  'problem',
  'heartbeat',
]);

/**
 * Writes an event in the wire format of the HTML standard
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 *
 * @public
 */
export function encodeStreamEvent(event: StreamEvent): string {
  const id = event.id === undefined ? '' : `id: ${event.id}\n`;
  const data = event.data
    .split(/\r\n|\r|\n/)
    .map(line => `data: ${line}\n`)
    .join('');
  return `event: ${event.event}\n${id}${data}\n`;
}

/**
 * Reads events from chunks of text that may break anywhere. Events of a name
 * that this version does not know are skipped.
 *
 * @public
 */
export function createStreamDecoder(): (chunk: string) => StreamEvent[] {
  let buffer = '';
  return chunk => {
    buffer = (buffer + chunk).replace(/\r\n/g, '\n');
    const blocks = buffer.split('\n\n');
    buffer = blocks.pop() ?? '';
    return blocks.flatMap(decodeBlock);
  };
}

function decodeBlock(block: string): StreamEvent[] {
  let name = '';
  let id: string | undefined;
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') {
      name = value;
    } else if (field === 'id') {
      id = value;
    } else if (field === 'data') {
      data.push(value);
    }
  }
  if (!KNOWN_EVENTS.has(name)) {
    return [];
  }
  return [{ event: name as StreamEvent['event'], id, data: data.join('\n') }];
}
