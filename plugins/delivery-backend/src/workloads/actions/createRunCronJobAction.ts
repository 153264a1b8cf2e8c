import {
  deliveryWorkloadPermissions,
  runCronJobInputSchema,
  workloadStatus,
  type WorkloadObject,
} from '@orrery/backstage-plugin-delivery-common';
import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import {
  isProtected,
  RESOURCE_TYPES,
  type ActionDefinition,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { as } from '../objects';
import {
  FIELD_MANAGER,
  readWorkload,
  workloadTarget,
  type ActionTools,
} from './ActionTools';
import { shown } from './createWorkloadAction';
import { follow } from './followRollout';

const LONGEST_NAME = 63;

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Reflect.get(value, name)
    : undefined;
}

/** The Job that a CronJob would make now, as `kubectl create job --from` does. */
function jobOf(cronJob: KubernetesObject, at: Date): KubernetesObject {
  const { name, namespace, uid } = cronJob.metadata;
  const template = field(cronJob.spec, 'jobTemplate');
  const metadata = field(template, 'metadata');
  const suffix = `-manual-${Math.floor(at.getTime() / 1000).toString(36)}`;
  const labels = field(metadata, 'labels');
  const annotations = field(metadata, 'annotations');
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: name.slice(0, LONGEST_NAME - suffix.length) + suffix,
      namespace,
      labels: { ...(labels as Record<string, string> | undefined) },
      annotations: {
        ...(annotations as Record<string, string> | undefined),
        'cronjob.kubernetes.io/instantiate': 'manual',
      },
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          name,
          uid,
          controller: true,
        } as { kind: string; name: string; controller: boolean },
      ],
    },
    spec: field(template, 'spec'),
  };
}

/** Runs a CronJob once, out of its schedule. */
export function createRunCronJobAction(
  tools: ActionTools,
): ActionDefinition<typeof runCronJobInputSchema> {
  const { client, config, now = () => new Date() } = tools;
  /** Names of the Jobs that were made, for whoever follows them. */
  const made = new Map<string, string>();
  const targetOf = (workload: string) =>
    workloadTarget(workload, ['CronJob'], config);
  return {
    name: 'run-cron-job-now',
    title: 'Run a CronJob now',
    description:
      'Makes a Job from a CronJob at once; its schedule stays as it is.',
    input: runCronJobInputSchema,
    permission: deliveryWorkloadPermissions.runCronJob,

    target: ({ workload }) =>
      formatRef({ ...targetOf(workload), type: 'workload' }),

    async preview({ workload }) {
      const target = targetOf(workload);
      const { cluster, namespace, name } = target;
      const cronJob = await readWorkload(client, target);
      const answer = await client.create<KubernetesObject>(
        cluster,
        RESOURCE_TYPES.jobs,
        jobOf(cronJob, now()),
        { dryRun: true, fieldManager: FIELD_MANAGER },
      );
      const active = field(cronJob.status, 'active');
      const isRunning = Array.isArray(active) && active.length > 0;
      return {
        target: workload,
        summary: `Run CronJob ${name} in ${namespace} now, as Job ${answer.metadata.name}`,
        before: '',
        after: shown(answer),
        blastRadius: {
          sentences: isRunning ? ['A run of it goes on right now.'] : [],
        },
        resourceVersion: cronJob.metadata.resourceVersion ?? '',
        ...(isProtected(config, cluster, namespace) && {
          typedConfirmation: name,
        }),
        warnings:
          isRunning && field(cronJob.spec, 'concurrencyPolicy') === 'Forbid'
            ? [
                {
                  code: 'concurrent-run',
                  message:
                    'The CronJob does not allow two runs at once, but nothing stops this one.',
                },
              ]
            : [],
      };
    },

    async run({ workload }) {
      const target = targetOf(workload);
      const job = await client.create<KubernetesObject>(
        target.cluster,
        RESOURCE_TYPES.jobs,
        jobOf(await readWorkload(client, target), now()),
        { fieldManager: FIELD_MANAGER },
      );
      made.set(workload, job.metadata.name);
      return { message: `Job ${job.metadata.name} was made` };
    },

    async verify({ workload }, context) {
      const { cluster, namespace } = targetOf(workload);
      const name = made.get(workload);
      made.delete(workload);
      if (name === undefined) {
        return { state: 'failed', message: 'Its Job is not known any more' };
      }
      return follow(tools, context, async () => {
        const job = await client.get<KubernetesObject>(
          cluster,
          RESOURCE_TYPES.jobs,
          { namespace, name },
        );
        const status = workloadStatus('Job', as<WorkloadObject>(job), []);
        switch (status.state) {
          case 'Idle':
            return { state: 'succeeded', message: status.sentence };
          case 'Failing':
            return { state: 'failed', message: status.sentence };
          default:
            return { state: 'running', message: status.sentence };
        }
      });
    },

    undo: () => 'Delete the Job that it made; what that did is done.',
  };
}
