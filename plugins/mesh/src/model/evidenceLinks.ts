import type { GraphNode } from '@orrery/backstage-plugin-mesh-common';
import type { TimeRange } from '@orrery/backstage-plugin-orrery-common';

/** What is looked for elsewhere: one side of an edge, or a node by itself. */
export type Evidence = {
  node: GraphNode;
  /** The caller, where only its calls are meant. */
  source?: GraphNode;
  range: TimeRange;
};

function addressOf(
  path: string,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value) {
      query.set(name, value);
    }
  }
  return `${path}?${query}`;
}

function isService({ kind, namespace, app }: GraphNode): boolean {
  return kind !== 'hidden' && kind !== 'external' && Boolean(namespace && app);
}

/**
 * Where logs and traces of a node, or of the calls over an edge, are to be
 * read, in the same window. Pages are addressed as their domains publish it.
 */
export function evidenceLinks({ node, source, range }: Evidence): {
  logs?: string;
  traces?: string;
} {
  if (!isService(node)) {
    return {};
  }
  const { cluster, namespace, app, version } = node;
  const shared = { cluster, version, ...range };
  const logs = addressOf('/logs', { ...shared, namespaces: namespace, app });
  if (!source) {
    return {
      logs,
      traces: addressOf('/traces', { ...shared, namespace, app }),
    };
  }
  return {
    logs,
    ...(isService(source) && {
      traces: addressOf('/traces', {
        ...shared,
        namespace: source.namespace,
        app: source.app,
        remoteService: `${app}.${namespace}`,
      }),
    }),
  };
}
