import type { ObjectStore } from '../kubernetes/store';
import { buildConfig, buildObjects } from './objects';
import type { World } from './types';

/** Puts the whole world into a store, as old as it claims to be. */
export function applyWorld(
  world: World,
  store: ObjectStore,
  now: number,
): void {
  for (const { resource, object } of buildObjects(world, { now })) {
    store.put(resource, object);
  }
}

/** Puts configuration as it was before the world's past change, or brings back the present one. */
export function applyPastChange(
  world: World,
  store: ObjectStore,
  now: number,
  when: 'before' | 'after',
): void {
  for (const old of world.pastChange?.before ?? []) {
    const present = world.configuration.find(
      config =>
        config.resource === old.resource &&
        config.namespace === old.namespace &&
        config.name === old.name,
    );
    const wanted = when === 'before' ? old : present;
    if (wanted) {
      store.put(wanted.resource, buildConfig(wanted, { now }).object);
    }
  }
}
