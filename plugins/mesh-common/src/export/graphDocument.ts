import { z } from 'zod';
import { meshGraphSchema, type MeshGraph } from '../schema';

/** What a reader asked for when a graph was exported. @public */
export const askedSchema = z.object({
  /** Absent where the choice was left to the server. */
  cluster: z.string().optional(),
  namespaces: z.array(z.string()),
  graphType: z.string(),
  /** Length of the window, such as `60s`. */
  duration: z.string(),
  /** A past moment, RFC 3339; absent means live. */
  at: z.string().optional(),
  /** What the graph has besides its usual nodes and figures. */
  include: z.array(z.string()).optional(),
  /** Another moment that it was compared with: `graph` has what is gone since, too. */
  comparedWith: z.string().optional(),
  /** Expressions of find and hide; absent where there were none. */
  find: z.string().optional(),
  hide: z.string().optional(),
  /** Which boxes of the picture were open; absent where there was no picture. */
  levels: z
    .object({ depth: z.string(), except: z.array(z.string()) })
    .optional(),
  /** The page that shows the same. */
  link: z.string().optional(),
});

/** @public */
export type Asked = z.infer<typeof askedSchema>;

/** A graph as it is exported: what was shown, and what it is of. @public */
export const graphDocumentSchema = z.object({
  format: z.literal('orrery/mesh-graph'),
  version: z.literal(1),
  /** RFC 3339. */
  exportedAt: z.string(),
  asked: askedSchema,
  graph: meshGraphSchema,
});

/** @public */
export type GraphDocument = z.infer<typeof graphDocumentSchema>;

/**
 * The text of a file that holds a graph as it was shown.
 *
 * @param graph - without what was hidden
 * @param exportedAt - RFC 3339
 * @public
 */
export function writeGraphDocument(
  graph: MeshGraph,
  asked: Asked,
  exportedAt: string,
): string {
  const document: GraphDocument = {
    format: 'orrery/mesh-graph',
    version: 1,
    exportedAt,
    asked,
    graph,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
