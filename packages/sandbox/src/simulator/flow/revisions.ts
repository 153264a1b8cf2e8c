import type { FlowContext } from './context';

/** Changes whenever routing configuration here or in a peer does: revisions only grow, and so does their sum. */
export function configRevision({ cluster, peers }: FlowContext): number {
  let revision = cluster.config.revision;
  for (const peer of peers) revision += peer.cluster.config.revision;
  return revision;
}

/** Changes whenever pods of a namespace, here or in a peer, do. */
export function podsRevision(
  { cluster, peers }: FlowContext,
  namespace: string,
): number {
  let revision = cluster.pods.revision(namespace);
  for (const peer of peers) revision += peer.cluster.pods.revision(namespace);
  return revision;
}
