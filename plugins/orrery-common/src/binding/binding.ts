import type { Entity } from '@backstage/catalog-model';

/**
 * Where a catalog entity runs: the cluster, the namespace, the label selector
 * of its pods and the app name that the mesh knows it by.
 *
 * @public
 */
export type Binding = {
  /** Undefined means whichever of the configured clusters runs it. */
  cluster?: string;
  namespace: string;
  /** A Kubernetes label selector. */
  selector: string;
  app: string;
};

/**
 * Annotations that a binding reads. All are upstream's; none is needed by a
 * component that follows the naming convention.
 *
 * @public
 */
export const BINDING_ANNOTATIONS = {
  app: 'backstage.io/kubernetes-id',
  cluster: 'backstage.io/kubernetes-cluster',
  namespace: 'backstage.io/kubernetes-namespace',
  selector: 'backstage.io/kubernetes-label-selector',
} as const;

/** The annotation that keeps a component out of Orrery when it is `false`. @public */
export const ENABLED_ANNOTATION = 'orrery.dev/enabled';

const BOUND_KINDS = new Set(['component', 'resource']);

function nameOfReference(reference: unknown): string | undefined {
  if (typeof reference !== 'string' || reference === '') {
    return undefined;
  }
  const withoutKind = reference.slice(reference.indexOf(':') + 1);
  return withoutKind.slice(withoutKind.indexOf('/') + 1) || undefined;
}

/**
 * Binds an entity to what runs: by its annotations where it has them,
 * otherwise by the convention that the namespace is named after the system
 * (or, without one, after the entity's own catalog namespace unless that is
 * `default`) and the app after the entity.
 *
 * @returns undefined for kinds that do not run, for entities that opted out
 *   and for those whose namespace cannot be told.
 * @public
 */
export function bindEntity(entity: Entity): Binding | undefined {
  const annotations = entity.metadata.annotations ?? {};
  if (
    !BOUND_KINDS.has(entity.kind.toLocaleLowerCase('en-US')) ||
    annotations[ENABLED_ANNOTATION] === 'false'
  ) {
    return undefined;
  }
  const catalogNamespace = entity.metadata.namespace ?? 'default';
  const namespace =
    annotations[BINDING_ANNOTATIONS.namespace] ??
    nameOfReference(entity.spec?.system) ??
    (catalogNamespace === 'default' ? undefined : catalogNamespace);
  if (!namespace) {
    return undefined;
  }
  const app = annotations[BINDING_ANNOTATIONS.app] ?? entity.metadata.name;
  return {
    cluster: annotations[BINDING_ANNOTATIONS.cluster],
    namespace,
    selector: annotations[BINDING_ANNOTATIONS.selector] ?? `app=${app}`,
    app,
  };
}
