import type { KubernetesObject } from '../kubernetes/store';
import { imageRepository } from '../world/names';
import type { World } from '../world/types';
import type { Effects } from './flow/effects';
import { appTag } from './live/pods';

/** Whether a pod's program runs: incidents and image tags that end in `-crash` keep it from doing so. */
export function podHealth(
  pod: KubernetesObject,
  effects: Effects,
): 'healthy' | 'crashing' {
  const { app, version } = pod.metadata.labels ?? {};
  const key = `${pod.metadata.namespace}/${app}@${version}`;
  return effects.isCrashing(key) || appTag(pod)?.endsWith('-crash')
    ? 'crashing'
    : 'healthy';
}

/** The world's registry has its apps' repositories with every tag; other registries have everything. */
export function imageExists(world: World, image: string): boolean {
  if (!image.startsWith(`${world.registry}/`)) return true;
  const repository = image.replace(/[:@].*$/, '');
  return world.apps.some(app => imageRepository(world, app) === repository);
}
