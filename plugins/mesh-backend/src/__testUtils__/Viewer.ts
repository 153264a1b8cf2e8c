import {
  get as httpGet,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import {
  createStreamDecoder,
  type StreamEvent,
} from '@orrery/backstage-plugin-orrery-common';

/** A viewer of a stream, read event by event. */
export class Viewer {
  readonly #request: ClientRequest;
  readonly #events: StreamEvent[] = [];
  #wake: () => void = () => undefined;
  response: IncomingMessage | undefined;

  constructor(url: string, lastEventId?: string) {
    this.#request = httpGet(
      url,
      lastEventId === undefined
        ? {}
        : { headers: { 'Last-Event-ID': lastEventId } },
    );
    this.#request.on('error', () => undefined);
    const decode = createStreamDecoder();
    this.#request.on('response', response => {
      this.response = response;
      response.setEncoding('utf8');
      response.on('error', () => undefined);
      response.on('data', (chunk: string) => {
        this.#events.push(...decode(chunk));
        this.#wake();
      });
    });
  }

  async next(): Promise<StreamEvent> {
    for (;;) {
      const event = this.#events.shift();
      if (event) {
        return event;
      }
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }

  leave(): void {
    this.#request.destroy();
  }
}
