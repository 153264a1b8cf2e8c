import {
  cancelBuildInputSchema,
  deliveryBuildPermissions,
  readQueueItem,
} from '@orrery/backstage-plugin-delivery-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { follow } from '../workloads/actions/followRollout';
import { jobOf } from './jobOf';
import { requireJenkins } from './requireUpstream';
import type { BuildTools } from './types';

type Input = z.infer<typeof cancelBuildInputSchema>;

/** Takes one build that waits out of Jenkins' queue. */
export function createCancelBuildAction(
  tools: BuildTools,
): ActionDefinition<typeof cancelBuildInputSchema> {
  /**
   * What waits, of this service's job alone: numbers of the queue are shared
   * by all jobs.
   *
   * @throws InvalidValueError where it does not wait, or not for this service
   */
  async function find(input: Input) {
    const jenkins = requireJenkins(tools);
    const names = await tools.names.of(input);
    const job = jobOf(names.job, input);
    const waiting = await jenkins.queueOf(job);
    const item = waiting.find(
      ({ id, cancelled, executable }) =>
        id === input.id && !cancelled && !executable,
    );
    if (!item) {
      throw new InvalidValueError(
        'id',
        `a build of ${job} that waits in the queue; it may have begun or be gone`,
        input.id,
      );
    }
    return { jenkins, job, item: readQueueItem(item) };
  }

  return {
    name: 'cancel-build',
    title: 'Take a waiting build from the queue',
    description:
      'Takes a build of a service that has not begun from the queue.',
    input: cancelBuildInputSchema,
    permission: deliveryBuildPermissions.cancel,
    approvable: false,

    target: input => tools.names.refOf(input),

    async preview(input) {
      const { job, item } = await find(input);
      return {
        target: tools.names.refOf(input),
        summary: `Take the waiting build ${input.id} of ${job} from the queue`,
        // Why it waits changes by the second, and is no part of what is taken.
        before: stringify({
          job,
          id: item.id,
          parameters: item.parameters,
          ...(item.since && { since: item.since }),
        }),
        after: '',
        blastRadius: {
          sentences: [
            item.isStuck
              ? `Jenkins takes it for stuck: ${item.why}`
              : `It waits: ${item.why}`,
          ],
        },
        resourceVersion: String(input.id),
        warnings: [],
      };
    },

    async run(input) {
      const { jenkins } = await find(input);
      await jenkins.cancel(input.id);
      return { message: `Jenkins takes ${input.id} from the queue` };
    },

    verify: (input, context) =>
      follow(tools, context, async () => {
        const item = await requireJenkins(tools).queueItem(input.id);
        if (item?.executable) {
          return {
            state: 'failed',
            message: `It began before, as build ${item.executable.number}`,
          };
        }
        // Jenkins forgets what left the queue after some minutes.
        return !item || item.cancelled
          ? { state: 'succeeded', message: 'It is taken from the queue' }
          : { state: 'running', message: 'It still waits' };
      }),

    undo: () => 'Start a build with the same parameters.',
  };
}
