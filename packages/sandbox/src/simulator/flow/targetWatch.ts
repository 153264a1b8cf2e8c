import type { Operation, Protocol } from '../../world/types';
import type { LiveWorkload } from '../live/model';
import type { FlowContext } from './context';
import { withOnward } from './egress';
import { resolveTarget, type Target } from './target';

/** Whose requests, for what. */
export interface WatchedRequest {
  source: LiveWorkload | undefined;
  host: string;
  authority: string;
  subset?: string;
  protocol: Protocol;
  operations: readonly Operation[];
}

/** Changes whenever routing configuration here or in a peer does: revisions only grow, and so does their sum. */
function configRevision({ cluster, peers }: FlowContext): number {
  let revision = cluster.config.revision;
  for (const peer of peers) revision += peer.cluster.config.revision;
  return revision;
}

/** Changes whenever pods of a namespace, here or in a peer, do. */
function podsRevision(
  { cluster, peers }: FlowContext,
  namespace: string,
): number {
  let revision = cluster.pods.revision(namespace);
  for (const peer of peers) revision += peer.cluster.pods.revision(namespace);
  return revision;
}

/** Where requests go; looked up again only when configuration or the pods of the service's namespace have changed. */
export class TargetWatch {
  #target: Target | undefined;
  #configRevision = -1;
  #podsRevision = -1;

  constructor(
    private readonly context: FlowContext,
    private readonly request: WatchedRequest,
  ) {}

  /** The target at present: the same object as long as nothing has changed. */
  current(): Target {
    const { context } = this;
    const namespace = this.#target?.service.namespace ?? '';
    if (
      this.#target &&
      this.#configRevision === configRevision(context) &&
      this.#podsRevision === podsRevision(context, namespace)
    ) {
      return this.#target;
    }
    const found = resolveTarget(context, this.request.source, this.request);
    const target = withOnward(context, found, this.request);
    this.#target = target;
    this.#configRevision = configRevision(context);
    this.#podsRevision = podsRevision(context, target.service.namespace);
    return target;
  }
}
