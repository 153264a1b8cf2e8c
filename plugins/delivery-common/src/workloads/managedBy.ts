import type { ObjectMeta } from './objects';
import type { ManagedBy } from './schema';

const ARGO_TRACKING = 'argocd.argoproj.io/tracking-id';
const FLUX_KUSTOMIZE = 'kustomize.toolkit.fluxcd.io/name';
const FLUX_HELM = 'helm.toolkit.fluxcd.io/name';
const HELM_RELEASE = 'meta.helm.sh/release-name';
const MANAGED_BY = 'app.kubernetes.io/managed-by';
/** Argo CD's label where it does not track by annotation. */
const ARGO_INSTANCE = 'argocd.argoproj.io/instance';

function byGitOps(by: 'argocd' | 'flux', name: string | undefined): ManagedBy {
  const tool = by === 'argocd' ? 'Argo CD' : 'Flux';
  return {
    by,
    ...(name && { name }),
    sentence: `${tool}${
      name ? ` (${name})` : ''
    } keeps it as it is in Git, and takes back what is changed here`,
  };
}

/**
 * Tells who keeps an object as it is, from the marks that each tool leaves.
 *
 * @param flagger - name of the Flagger Canary that made it, for primaries
 * @public
 */
export function managedBy(metadata: ObjectMeta, flagger?: string): ManagedBy {
  const { labels = {}, annotations = {}, ownerReferences = [] } = metadata;
  const owner = ownerReferences.find(({ controller }) => controller);
  if (flagger !== undefined) {
    return {
      by: 'flagger',
      name: flagger,
      sentence: `Flagger’s Canary ${flagger} makes it a copy of what it promotes, and takes back what is changed here`,
    };
  }
  const tracking = annotations[ARGO_TRACKING];
  const argo = tracking?.split(':')[0] || labels[ARGO_INSTANCE];
  if (tracking !== undefined || argo) {
    return byGitOps('argocd', argo);
  }
  const flux = labels[FLUX_KUSTOMIZE] ?? labels[FLUX_HELM];
  if (flux !== undefined) {
    return byGitOps('flux', flux);
  }
  const release = annotations[HELM_RELEASE];
  if (release !== undefined || labels[MANAGED_BY] === 'Helm') {
    const name = release ?? labels['app.kubernetes.io/instance'];
    return {
      by: 'helm',
      ...(name && { name }),
      sentence: `It belongs to the Helm release ${
        name ?? 'of an unknown name'
      }, whose next upgrade takes back what is changed here`,
    };
  }
  if (owner) {
    return {
      by: 'controller',
      name: `${owner.kind}/${owner.name}`,
      sentence: `${owner.kind} ${owner.name} made it, and may take back what is changed here`,
    };
  }
  return { by: 'hand', sentence: 'Nobody else keeps it as it is' };
}
