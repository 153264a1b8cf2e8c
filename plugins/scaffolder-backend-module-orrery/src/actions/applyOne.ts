import type { Manifest } from '@orrery/backstage-plugin-delivery-common';
import type { Compensation } from './compensation';
import { compensationOf } from './createKubernetesApplyAction';
import { contextOf, perform, type CheckpointStep, type Tools } from './tools';

/**
 * Applies one object of a service.
 *
 * @returns what takes it away again; undefined where it was there before
 */
export async function applyOne(
  tools: Tools,
  step: CheckpointStep,
  place: { cluster: string; namespace: string; app: string },
  manifest: Manifest,
): Promise<Compensation | undefined> {
  const work = {
    plugin: 'delivery',
    action: 'apply-objects',
    input: { ...place, objects: [manifest], waitSeconds: 0 },
    typed: place.app,
  };
  if (step.isDryRun) {
    await perform(tools, step, work);
    return undefined;
  }
  const kept = await step.checkpoint({
    key: 'compensation',
    fn: async () =>
      JSON.stringify(
        (await compensationOf(tools, step, place, [manifest])) ?? null,
      ),
  });
  await tools.actions.perform(work, await contextOf(step));
  const undo: Compensation | null = JSON.parse(kept);
  return undo ?? undefined;
}
