import { reviewKinds } from '../auth/review-kinds';
import type { ResourceRegistry } from '../resources/registry';
import type { ResourceType } from '../resources/resource';

/** Kinds of a group version with the ones that are only ever created: reviews. */
export function kindsAt(
  registry: ResourceRegistry,
  group: string,
  version: string,
): ResourceType[] {
  return [
    ...registry.inGroupVersion(group, version),
    ...reviewKinds.filter(
      type => type.group === group && type.versions[0].name === version,
    ),
  ].sort((left, right) => (left.plural < right.plural ? -1 : 1));
}

/** Every group name but the core one. */
export function allGroups(registry: ResourceRegistry): string[] {
  const groups = new Set(registry.groups());
  reviewKinds.forEach(type => groups.add(type.group));
  return [...groups].filter(Boolean);
}

/** Versions of a group, the preferred one first. */
export function versionsOf(
  registry: ResourceRegistry,
  group: string,
): string[] {
  const versions = registry.versions(group);
  return versions.length > 0 ? versions : ['v1'];
}
