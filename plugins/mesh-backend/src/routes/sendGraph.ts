import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type {
  GraphNode,
  MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import type { Request, Response } from 'express';

const compress = promisify(gzip);

/** A graph as it is sent; large ones take longer to write than to build. */
type Body = { provenance: string; packed: Promise<Buffer> };

/** By the nodes, which equal graphs share whatever their sources say. */
const bodies = new WeakMap<readonly GraphNode[], Body>();

function packedBodyOf(graph: MeshGraph): Promise<Buffer> {
  const provenance = JSON.stringify([graph.sources, graph.warnings]);
  const present = bodies.get(graph.nodes);
  if (present?.provenance === provenance) {
    return present.packed;
  }
  // Speed is worth more than the last tenth of size.
  const packed = compress(JSON.stringify(graph), {
    level: constants.Z_BEST_SPEED,
  });
  bodies.set(graph.nodes, { provenance, packed });
  return packed;
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
  response.type('json').vary('Accept-Encoding');
  if (!request.acceptsEncodings('gzip')) {
    response.send(JSON.stringify(graph));
    return;
  }
  const packed = await packedBodyOf(graph);
  response.set('Content-Encoding', 'gzip').send(packed);
}
