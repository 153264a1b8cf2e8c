import {
  deliveryBuildPermissions,
  readBuild,
  startBuildInputSchema,
  type BuildParameter,
} from '@orrery/backstage-plugin-delivery-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type {
  ActionDefinition,
  ActionOutcome,
} from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { follow } from '../workloads/actions/followRollout';
import { parametersOf } from './BuildsService';
import { jobOf } from './jobOf';
import { requireJenkins } from './requireUpstream';
import type { BuildTools } from './types';

type Input = z.infer<typeof startBuildInputSchema>;

function refuseUnknown(
  asked: Input['parameters'],
  declared: readonly BuildParameter[],
  job: string,
): void {
  for (const [name, value] of Object.entries(asked)) {
    const parameter = declared.find(each => each.name === name);
    if (!parameter) {
      throw new InvalidValueError(
        `parameters.${name}`,
        `a parameter that ${job} declares (${
          declared.map(each => each.name).join(', ') || 'it has none'
        })`,
        name,
      );
    }
    if (parameter.choices && !parameter.choices.includes(value)) {
      throw new InvalidValueError(
        `parameters.${name}`,
        `one of ${parameter.choices.join(', ')}`,
        value,
      );
    }
  }
}

/** Starts a build of a service and follows it to its end. */
export function createStartBuildAction(
  tools: BuildTools,
): ActionDefinition<typeof startBuildInputSchema> {
  /** Items of the queue that runs became, until they are followed. */
  const waiting = new WeakMap<Input, number>();

  async function prepare(input: Input) {
    const jenkins = requireJenkins(tools);
    const names = await tools.names.of(input);
    const job = jobOf(names.job, input);
    const found = await jenkins.job(job, 1);
    if (!found) {
      throw new InvalidValueError(
        input.branch === undefined ? 'app' : 'branch',
        `a service with a job in Jenkins: there is no ${job}`,
        input.branch ?? input.app,
      );
    }
    if (found.jobs) {
      throw new InvalidValueError(
        'branch',
        `one of the branches of ${job} (${
          found.jobs.map(({ name }) => name).join(', ') || 'it has none yet'
        })`,
        input.branch,
      );
    }
    if (found.buildable === false) {
      throw new InvalidValueError(
        'app',
        `a service whose job can be built: ${job} is disabled`,
        input.app,
      );
    }
    const declared = parametersOf(found);
    refuseUnknown(input.parameters, declared, job);
    return { jenkins, job, found, declared };
  }

  return {
    name: 'start-build',
    title: 'Build a service',
    description:
      'Starts a build of the service’s job in Jenkins, with parameters, and follows it through the queue to its end.',
    input: startBuildInputSchema,
    permission: deliveryBuildPermissions.start,
    // A build changes nothing that runs.
    approvable: false,

    target: input => tools.names.refOf(input),

    async preview(input) {
      const { job, found, declared } = await prepare(input);
      const values = Object.fromEntries(
        declared
          .filter(({ kind }) => kind !== 'secret')
          .map(({ name, fallback }) => [
            name,
            input.parameters[name] ?? fallback ?? '',
          ]),
      );
      const running = found.builds?.find(({ building }) => building);
      return {
        target: tools.names.refOf(input),
        summary: `Build ${input.app} with the job ${job}`,
        before: '',
        after: stringify({ job, parameters: values }),
        blastRadius: {
          sentences: running ? [`Build ${running.number} is running.`] : [],
        },
        resourceVersion: JSON.stringify(declared.map(({ name }) => name)),
        warnings: [],
      };
    },

    async run(input) {
      const { jenkins, job, declared } = await prepare(input);
      const id = await jenkins.start(
        job,
        input.parameters,
        declared.length > 0,
      );
      waiting.set(input, id);
      return { message: `It waits in the queue as ${id}` };
    },

    verify(input, context) {
      let number: number | undefined;
      return follow(tools, context, async () => {
        const jenkins = requireJenkins(tools);
        const names = await tools.names.of(input);
        const job = jobOf(names.job, input);
        if (number === undefined) {
          const id = waiting.get(input) ?? -1;
          const item = await jenkins.queueItem(id);
          if (item?.cancelled) {
            return { state: 'failed', message: 'It was taken from the queue' };
          }
          number = item?.executable?.number;
          if (number === undefined) {
            return {
              state: 'running',
              message: `Waiting: ${item?.why ?? 'Jenkins does not say why'}`,
            };
          }
        }
        return outcomeOf(readBuild(await jenkins.build(job, number)));
      });
    },

    undo: () =>
      'Abort the build while it runs; an image that was pushed stays.',
  };
}

function outcomeOf({
  number,
  state,
}: ReturnType<typeof readBuild>):
  | ActionOutcome
  | { state: 'running'; message: string } {
  switch (state) {
    case 'queued':
    case 'running':
      return { state: 'running', message: `Build ${number} is running` };
    case 'succeeded':
      return { state: 'succeeded', message: `Build ${number} succeeded` };
    default:
      return { state: 'failed', message: `Build ${number}: ${state}` };
  }
}
