import type { MemoryStore } from '../storage/memory-store';
import { customKind, definitionOf } from './custom';
import type { ResourceRegistry } from './registry';
import { storeName, type ResourceType } from './resource';

/** Collection of the definitions of custom kinds. */
export const definitions = 'customresourcedefinitions.apiextensions.k8s.io';

/** Serves the kinds that definitions in the store describe, as they come and go. */
export function serveDefinitions(
  store: MemoryStore,
  registry: ResourceRegistry,
): void {
  store.onChange(({ type, resource, object }) => {
    if (resource !== definitions) {
      return;
    }
    const kind = customKind(object);
    if (type !== 'DELETED') {
      registry.add(kind);
      return;
    }
    const collection = storeName(kind);
    registry.remove(collection);
    for (const instance of store.list(collection)) {
      const { namespace, name } = instance.metadata;
      store.delete(collection, namespace, name);
    }
  });
}

/** Puts the definitions of kinds that every sandbox serves into the store. */
export function installDefinitions(
  store: MemoryStore,
  kinds: readonly ResourceType[],
): void {
  for (const kind of kinds) {
    store.put(definitions, definitionOf(kind));
  }
}
