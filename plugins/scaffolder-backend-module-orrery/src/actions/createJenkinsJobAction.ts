import { setTimeout } from 'node:timers/promises';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  buildsResponseSchema,
  serviceImageSchema,
  type Build,
  type BuildsResponse,
  type ServiceImage,
} from '@orrery/backstage-plugin-delivery-common';
import type { Compensation } from './compensation';
import { examplesOf } from './examples';
import { streamBuildLog } from './streamBuildLog';
import {
  CONSENT,
  contextOf,
  perform,
  type CheckpointStep,
  type Step,
  type Tools,
} from './tools';

type Place = { cluster: string; namespace: string; app: string };

const POLL_MILLISECONDS = 1000;

/** What is known of a service's builds now. */
async function readBuilds(
  { portal }: Tools,
  step: Step,
  place: Place,
): Promise<BuildsResponse> {
  const { credentials, signal } = await contextOf(step);
  return portal.get(
    'delivery',
    `/builds?${new URLSearchParams(place)}`,
    buildsResponseSchema,
    credentials,
    signal,
  );
}

/** Number of the newest build that is not this step's to follow. */
function numberBefore(builds: readonly Build[]): number {
  const running = builds.filter(({ state }) => state === 'running').at(-1);
  return running ? running.number - 1 : builds.at(0)?.number ?? 0;
}

/**
 * The build of this step: one that waits or runs already is followed, so that
 * a step that was cut off builds nothing twice.
 */
async function buildOnce(
  tools: Tools,
  step: CheckpointStep,
  place: Place,
  parameters: Record<string, string>,
): Promise<Build> {
  const { builds, queue } = await readBuilds(tools, step, place);
  const before = Number(
    await step.checkpoint({
      key: 'before',
      fn: async () => String(numberBefore(builds)),
    }),
  );
  const isUnderWay =
    queue.length > 0 || builds.some(({ number }) => number > before);
  const context = await contextOf(step, 'build');
  const ended = new AbortController();
  const started = isUnderWay
    ? undefined
    : tools.actions.perform(
        {
          plugin: 'delivery',
          action: 'start-build',
          input: { ...place, parameters },
        },
        // Its console says more than the activity.
        {
          ...context,
          logger: { info: () => undefined, warn: () => undefined },
        },
      );
  // Awaited below; a failure before that is not one that nobody looks at.
  started?.catch(() => ended.abort());
  let why = '';
  for (;;) {
    const now = await readBuilds(tools, step, place);
    // The newest come first, and this step's is the first after those before.
    const build = now.builds.filter(({ number }) => number > before).at(-1);
    if (build) {
      step.logger.info(`Build ${build.number}: ${build.url}`);
      await streamBuildLog(
        tools.portal,
        { place, number: build.number },
        context.credentials,
        {
          signal: step.signal ?? ended.signal,
          write: line => step.logger.info(line),
        },
      );
      await started;
      const { builds: after } = await readBuilds(tools, step, place);
      return after.find(({ number }) => number === build.number) ?? build;
    }
    if (ended.signal.aborted) {
      await started;
    }
    const waiting = now.queue.at(0)?.why;
    if (waiting && waiting !== why) {
      why = waiting;
      step.logger.info(`Waiting: ${why}`);
    }
    await setTimeout(POLL_MILLISECONDS, undefined, { signal: step.signal });
  }
}

function readImage(
  { portal }: Tools,
  place: Place,
  tag: string,
  credentials: Awaited<ReturnType<typeof contextOf>>['credentials'],
): Promise<ServiceImage> {
  return portal.get(
    'delivery',
    `/service-images/${encodeURIComponent(tag)}?${new URLSearchParams(place)}`,
    serviceImageSchema,
    credentials,
  );
}

/** `orrery:jenkins:job` */
export function createJenkinsJobAction(tools: Tools) {
  return createTemplateAction({
    id: 'orrery:jenkins:job',
    description:
      'Makes the job in Jenkins that builds a service’s project by its Jenkinsfile, and builds it: the console is told line by line, and the image must be in the registry at the end.',
    examples: examplesOf('jenkins-job'),
    supportsDryRun: true,
    schema: {
      input: {
        consent: z => z.string().describe(CONSENT).optional(),
        cluster: z => z.string(),
        namespace: z => z.string(),
        app: z => z.string(),
        branch: z => z.string().describe('main by default').optional(),
        jenkinsfile: z =>
          z.string().describe('Its path; Jenkinsfile by default').optional(),
        build: z => z.boolean().describe('Also build it').optional(),
        tag: z =>
          z
            .string()
            .describe(
              'Tag of the image; the first twelve characters of the commit by default',
            )
            .optional(),
        parameters: z => z.record(z.string()).optional(),
      },
      output: {
        number: z => z.number().describe('Of the build'),
        url: z => z.string().describe('Of the build'),
        image: z => z.string().describe('With its tag'),
        tag: z => z.string(),
        digest: z => z.string(),
        compensation: z => z.any().describe('Input for orrery:clean-up'),
      },
    },
    async handler(ctx) {
      const { cluster, namespace, app, branch, jenkinsfile } = ctx.input;
      const place = { cluster, namespace, app };
      const undo: Compensation = {
        plugin: 'delivery',
        action: 'delete-build-job',
        input: place,
        typed: app,
      };
      const isDone = await perform(
        tools,
        ctx,
        {
          plugin: 'delivery',
          action: 'create-build-job',
          input: {
            ...place,
            ...(branch !== undefined && { branch }),
            ...(jenkinsfile !== undefined && { jenkinsfile }),
          },
          typed: app,
        },
        'job',
      );
      if (!isDone || !ctx.input.build) {
        if (isDone) {
          ctx.output('compensation', undo);
        }
        return;
      }
      try {
        const build = await buildOnce(
          tools,
          ctx,
          place,
          ctx.input.parameters ?? {},
        );
        if (build.state !== 'succeeded') {
          throw new Error(`Build ${build.number}: ${build.state}`);
        }
        const tag = ctx.input.tag ?? build.revision?.slice(0, 12);
        if (tag === undefined) {
          throw new Error(
            `Jenkins does not say which commit build ${build.number} is of: name the tag of its image`,
          );
        }
        const { credentials } = await contextOf(ctx);
        const found = await readImage(tools, place, tag, credentials);
        if (found.state !== 'exists') {
          throw new Error(
            `Build ${build.number} succeeded, but ${found.image} is ${
              found.state
            }: ${found.reason ?? 'no reason is known'}`,
          );
        }
        ctx.output('number', build.number);
        ctx.output('url', build.url);
        ctx.output('image', found.image);
        ctx.output('tag', tag);
        ctx.output('digest', found.digest ?? '');
        ctx.output('compensation', undo);
      } catch (error) {
        ctx.logger.warn('The job is taken back');
        await tools.actions.perform(undo, {
          ...(await contextOf(ctx, 'undo')),
          signal: undefined,
        });
        throw error;
      }
    },
  });
}
