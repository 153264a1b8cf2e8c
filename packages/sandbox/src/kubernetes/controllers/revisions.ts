import type { KubernetesObject } from '../store';
import { asObject, asTexts, isObject, sameJson } from '../values';

/** Annotation that numbers the revisions of a Deployment. */
export const revisionAnnotation = 'deployment.kubernetes.io/revision';

/** Label that tells the pods of one template from those of another. */
export const hashLabel = 'pod-template-hash';

/** A template without the label that a controller adds to it. */
export function withoutHash(template: unknown): unknown {
  const value = asObject(template);
  const metadata = asObject(value.metadata);
  if (!isObject(metadata.labels) || !(hashLabel in metadata.labels)) {
    return template;
  }
  const labels = asTexts(metadata.labels);
  delete labels[hashLabel];
  return { ...value, metadata: { ...metadata, labels } };
}

/** Whether a ReplicaSet was made from a Deployment's present template. */
export function isFromTemplate(
  set: KubernetesObject,
  deployment: KubernetesObject,
): boolean {
  return sameJson(withoutHash(set.spec?.template), deployment.spec?.template);
}

/** The revision number an object carries; 0 when it has none. */
export function revisionOf(object: KubernetesObject): number {
  return Number(object.metadata.annotations?.[revisionAnnotation] ?? 0) || 0;
}

/** Annotations of a Deployment that its ReplicaSets inherit. */
export function inheritedAnnotations(
  deployment: KubernetesObject,
): Record<string, string> {
  const inherited = { ...deployment.metadata.annotations };
  delete inherited['kubectl.kubernetes.io/last-applied-configuration'];
  delete inherited[revisionAnnotation];
  return inherited;
}
