import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type {
  GraphNode,
  MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import type { Request, Response } from 'express';

const compress = promisify(gzip);

/** A graph as it is sent; large ones take longer to write than to build. */
type Body = { provenance: string; plain: Buffer; packed?: Promise<Buffer> };

/** By the nodes, which equal graphs share whatever their sources say. */
const bodies = new WeakMap<readonly GraphNode[], Body>();

function bodyOf(graph: MeshGraph): Body {
  const provenance = JSON.stringify([graph.sources, graph.warnings]);
  const present = bodies.get(graph.nodes);
  if (present?.provenance === provenance) {
    return present;
  }
  const body: Body = {
    provenance,
    plain: Buffer.from(JSON.stringify(graph)),
  };
  bodies.set(graph.nodes, body);
  return body;
}

/**
 * Sends a graph. Viewers who ask for the same one within its refresh share
 * one text and one compression of it.
 */
export async function sendGraph(
  graph: MeshGraph,
  request: Request,
  response: Response,
): Promise<void> {
  const body = bodyOf(graph);
  response.type('json').vary('Accept-Encoding');
  if (!request.acceptsEncodings('gzip')) {
    response.send(body.plain);
    return;
  }
  // Speed is worth more than the last tenth of size.
  body.packed ??= compress(body.plain, { level: constants.Z_BEST_SPEED });
  response.set('Content-Encoding', 'gzip').send(await body.packed);
}
