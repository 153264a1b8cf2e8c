import type { App, Release, World } from './types';

/** The Istio release that the world runs. */
export const ISTIO_VERSION = '1.28.3';

/** Name of the revision that namespaces with `istio-injection=enabled` get. */
export const DEFAULT_REVISION = 'default';

/** The revision that is being tried out. */
export const CANARY_REVISION = '1-29-1';

/** Istio's release by the revisions that injection knows. */
export const ISTIO_REVISIONS: Readonly<Record<string, string>> = {
  [DEFAULT_REVISION]: ISTIO_VERSION,
  [CANARY_REVISION]: '1.29.1',
};

/** The Kubernetes release that the world's nodes report. */
export const KUBERNETES_VERSION = 'v1.33.5';

/** Name of the Deployment or StatefulSet that runs a release. */
export function workloadName(app: App, release: Release): string {
  return release.workload ?? app.name;
}

/** Image of an app without its tag. */
export function imageRepository(world: World, app: App): string {
  return app.image ?? `${world.registry}/${app.namespace}/${app.name}`;
}

/** Tag of an image reference, or undefined without one. */
export function imageTag(image: string): string | undefined {
  const colon = image.lastIndexOf(':');
  return colon > image.lastIndexOf('/') ? image.slice(colon + 1) : undefined;
}

/** RFC 3339 with whole seconds, as the API server writes it. */
export function kubernetesTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** SPIFFE identity of a service account in the default trust domain. */
export function principal(namespace: string, serviceAccount: string): string {
  return `spiffe://cluster.local/ns/${namespace}/sa/${serviceAccount}`;
}
