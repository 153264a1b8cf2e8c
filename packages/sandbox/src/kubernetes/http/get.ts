import { encode, encodeMetadata } from '../storage/view';
import { encodeTable } from '../tables/table';
import { negotiate } from './accept';
import { sendObject } from './answer';
import type { Exchange } from './context';
import { stored } from './write';

/** Answers a request for one object: itself, its metadata or its row of a table. */
export function get(exchange: Exchange): void {
  const { request, response, target } = exchange;
  const form = negotiate(request);
  const object = stored(exchange);
  if (form === 'Table') {
    const { resourceVersion } = object.metadata;
    const json = encodeTable(
      exchange,
      [object],
      { resourceVersion },
      'Metadata',
    );
    sendObject(response, 200, undefined, json);
    return;
  }
  const json =
    form === 'Metadata'
      ? encodeMetadata(object)
      : encode(object, target.type, target.version);
  sendObject(response, 200, undefined, json);
}
