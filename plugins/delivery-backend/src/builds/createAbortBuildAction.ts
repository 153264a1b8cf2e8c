import {
  abortBuildInputSchema,
  deliveryBuildPermissions,
  readBuild,
} from '@orrery/backstage-plugin-delivery-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { follow } from '../workloads/actions/followRollout';
import { jobOf } from './jobOf';
import { requireJenkins } from './requireUpstream';
import type { BuildTools } from './types';

type Input = z.infer<typeof abortBuildInputSchema>;

/** Ends one build that runs: the one with the number, and no other. */
export function createAbortBuildAction(
  tools: BuildTools,
): ActionDefinition<typeof abortBuildInputSchema> {
  async function find(input: Input) {
    const jenkins = requireJenkins(tools);
    const names = await tools.names.of(input);
    const job = jobOf(names.job, input);
    return {
      jenkins,
      job,
      build: readBuild(await jenkins.build(job, input.number)),
    };
  }

  return {
    name: 'abort-build',
    title: 'Abort a build',
    description: 'Ends one build of a service that is running.',
    input: abortBuildInputSchema,
    permission: deliveryBuildPermissions.abort,
    approvable: false,

    target: input => tools.names.refOf(input),

    async preview(input) {
      const { job, build } = await find(input);
      if (build.state !== 'running') {
        throw new InvalidValueError(
          'number',
          `a build that is running: this one is ${build.state}`,
          input.number,
        );
      }
      return {
        target: tools.names.refOf(input),
        summary: `Abort build ${input.number} of ${job}`,
        before: stringify({ job, ...build }),
        after: '',
        blastRadius: { sentences: [] },
        resourceVersion: String(input.number),
        warnings: [],
      };
    },

    async run(input) {
      const { jenkins, job } = await find(input);
      await jenkins.abort(job, input.number);
      return { message: `Jenkins ends build ${input.number}` };
    },

    verify: (input, context) =>
      follow(tools, context, async () => {
        const { build } = await find(input);
        if (build.state === 'running') {
          return { state: 'running', message: 'It is ending' };
        }
        return build.state === 'aborted'
          ? { state: 'succeeded', message: 'It is aborted' }
          : {
              state: 'failed',
              message: `It was over before: ${build.state}`,
            };
      }),

    undo: () => 'Start another build with the same parameters.',
  };
}
