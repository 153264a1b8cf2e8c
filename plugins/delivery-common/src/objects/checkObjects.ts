import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import { applicableKind, APPLICABLE_KINDS } from './kinds';
import { at, isNamedAfter, list } from './read';
import { reachesOthers } from './reachesOthers';
import type { Manifest } from './schema';

/** Where each kind keeps the spec of its pods. */
function podSpecOf(manifest: Manifest): unknown {
  return manifest.kind === 'CronJob'
    ? at(manifest, 'spec', 'jobTemplate', 'spec', 'template', 'spec')
    : at(manifest, 'spec', 'template', 'spec');
}

/** What would reach beyond the pod, in words; undefined when nothing does. */
function reachesBeyond(app: string, pod: unknown): string | undefined {
  const shared = ['hostNetwork', 'hostPID', 'hostIPC'].find(
    key => at(pod, key) === true,
  );
  if (shared) {
    return `${shared} is true`;
  }
  const volume = list(at(pod, 'volumes')).find(
    each => at(each, 'hostPath') !== undefined,
  );
  if (volume) {
    return `its volume ${String(at(volume, 'name'))} is a path of the node`;
  }
  const account = at(pod, 'serviceAccountName');
  if (
    typeof account === 'string' &&
    account !== 'default' &&
    !isNamedAfter(app, account)
  ) {
    return `it acts as the service account ${account}`;
  }
  const containers = [
    ...list(at(pod, 'initContainers')),
    ...list(at(pod, 'containers')),
  ];
  const privileged = containers.find(
    each =>
      at(each, 'securityContext', 'privileged') === true ||
      at(each, 'securityContext', 'allowPrivilegeEscalation') === true,
  );
  return privileged
    ? `its container ${String(at(privileged, 'name'))} may become privileged`
    : undefined;
}

/**
 * Refuses what a service may not bring: other kinds, names that are not its
 * own, other namespaces, the same object twice, pods that reach beyond
 * themselves, and objects about pods, traffic or objects of others.
 *
 * @throws InvalidValueError that names the object by its place in the list
 * @public
 */
export function checkObjects(
  { app, namespace }: { app: string; namespace: string },
  objects: readonly Manifest[],
): void {
  const seen = new Set<string>();
  objects.forEach((manifest, index) => {
    const { apiVersion, kind, metadata } = manifest;
    const field = `objects[${index}]`;
    if (!applicableKind(apiVersion, kind)) {
      throw new InvalidValueError(
        field,
        `one of ${APPLICABLE_KINDS.map(({ group, version, kind: name }) =>
          [group, version, name].filter(Boolean).join('/'),
        ).join(', ')}`,
        `${apiVersion}/${kind}`,
      );
    }
    if (!isNamedAfter(app, metadata.name)) {
      throw new InvalidValueError(
        `${field}.metadata.name`,
        `${app}, or a name that begins with ${app}-`,
        metadata.name,
      );
    }
    if (metadata.namespace !== undefined && metadata.namespace !== namespace) {
      throw new InvalidValueError(
        `${field}.metadata.namespace`,
        namespace,
        metadata.namespace,
      );
    }
    const key = `${apiVersion}/${kind}/${metadata.name}`;
    if (seen.has(key)) {
      throw new InvalidValueError(field, 'each object once', key);
    }
    seen.add(key);
    const reach = reachesBeyond(app, podSpecOf(manifest));
    if (reach) {
      throw new InvalidValueError(
        field,
        `pods that keep to themselves: of ${kind} ${metadata.name}, ${reach}`,
        metadata.name,
      );
    }
    const others = reachesOthers({ app, namespace }, manifest);
    if (others) {
      throw new InvalidValueError(
        field,
        `an object about ${app} alone: of ${kind} ${metadata.name}, ${others}`,
        metadata.name,
      );
    }
  });
}
