import { ConflictError } from '@backstage/errors';
import {
  canaryPlanSchema,
  checkPlan,
  deliveryCanaryPermissions,
  imageVersion,
  initialState,
  isOver,
  canaryDeployment,
  stepTitle,
} from '@orrery/backstage-plugin-delivery-common';
import {
  isProtected,
  parseTarget,
  RESOURCE_TYPES,
  type ActionDefinition,
  type ClusterClient,
  type OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import type { ImageRegistry } from '../registry/types';
import { FIELD_MANAGER } from './fieldManager';
import { preparePlan } from './preparePlan';
import type { PlanStore } from './PlanStore';
import { previewRoutes } from './previewRoutes';

const POLL_MILLISECONDS = 1000;

/** Starts a canary of our own on a plain Deployment. */
export function createStartCanaryAction(options: {
  client: ClusterClient;
  config: OrreryConfig;
  store: PlanStore;
  registry: ImageRegistry;
  /** Told of a new plan, so that it begins at once. */
  onStart: (id: string) => void;
  now?: () => Date;
}): ActionDefinition<typeof canaryPlanSchema> {
  const { client, config, store, registry } = options;
  const now = options.now ?? (() => new Date());
  const locate = (workload: string) =>
    parseTarget('workload', workload, { kinds: ['Deployment'], config });

  return {
    name: 'start-canary',
    title: 'Start a canary',
    description:
      'Runs a new image beside a Deployment and sends it a growing share of the requests, judged against the stable version. Traffic goes back by itself when the canary does worse.',
    input: canaryPlanSchema,
    permission: deliveryCanaryPermissions.start,

    target: ({ workload }) => {
      locate(workload);
      return workload;
    },

    async preview(plan) {
      checkPlan(plan);
      const { cluster, namespace, name } = locate(plan.workload);
      const [latest] = await store.ofWorkload(cluster, namespace, name, 1);
      if (latest && !isOver(latest.state)) {
        throw new ConflictError(
          `A canary of ${name} is under way already (${imageVersion(
            latest.plan.image,
          )}): finish or abort it first`,
        );
      }
      const prepared = await preparePlan(client, plan, locate(plan.workload));
      const image = await registry.inspect(plan.image);
      if (image.state === 'absent') {
        throw new ConflictError(
          `image: ${plan.image} is not in its registry: ${image.reason}`,
        );
      }
      const { stable, context } = prepared;
      const created = await client.create(
        cluster,
        RESOURCE_TYPES.deployments,
        canaryDeployment(stable, plan, context),
        { dryRun: true, fieldManager: FIELD_MANAGER },
      );
      const shown = await previewRoutes(
        client,
        plan,
        locate(plan.workload),
        prepared,
      );
      const steps = plan.steps.map(stepTitle).join(' → ');
      return {
        target: plan.workload,
        summary: `Start a canary of ${imageVersion(
          plan.image,
        )} beside ${imageVersion(
          context.oldImage,
        )} of ${name} in ${namespace}: ${steps} → promotion`,
        before: stringify(shown.before),
        after: stringify({
          ...shown.after,
          [`deployment ${context.canaryWorkload}`]: created.spec,
        }),
        blastRadius: {
          pods: plan.replicas,
          sentences: [
            ...(plan.analysis
              ? []
              : [
                  'No analysis: nothing but its pods tells whether the canary is well.',
                ]),
            ...(image.state === 'unknown'
              ? [`Whether the image exists is not known: ${image.reason}.`]
              : []),
            ...prepared.sentences,
          ],
        },
        resourceVersion: stable.metadata.resourceVersion ?? '',
        typedConfirmation: isProtected(config, cluster, namespace)
          ? name
          : undefined,
        warnings: [],
      };
    },

    async run(plan, { resourceVersion, actor, reason }) {
      const { cluster, namespace, name } = locate(plan.workload);
      const { stable, context } = await preparePlan(
        client,
        plan,
        locate(plan.workload),
      );
      if (stable.metadata.resourceVersion !== resourceVersion) {
        throw new ConflictError(
          `Deployment ${name} has changed since it was previewed: preview it again`,
        );
      }
      const record = await store.create({
        cluster,
        namespace,
        workload: name,
        plan,
        context,
        state: initialState(now().toISOString()),
        startedBy: actor,
        purpose: reason,
      });
      options.onStart(record.id);
      return { message: 'The plan is stored; its pods are being made' };
    },

    async verify({ workload, image }, { signal, report }) {
      const { cluster, namespace, name } = locate(workload);
      for (;;) {
        const [record] = await store.ofWorkload(cluster, namespace, name, 1);
        const phase = record?.state.phase;
        if (phase && phase !== 'preparing') {
          const reason = record.state.abort?.reason;
          return phase === 'aborting' || phase === 'aborted'
            ? { state: 'failed', message: reason ?? 'Aborted' }
            : {
                state: 'succeeded',
                message: `The canary ${imageVersion(
                  image,
                )} runs and is walking its steps`,
              };
        }
        if (signal.aborted) {
          return {
            state: 'failed',
            message: 'Gave up waiting for the pods of the canary',
          };
        }
        report(
          record?.state.problem?.sentence ?? 'Waits for the canary’s pods',
        );
        await new Promise(resolve => {
          setTimeout(resolve, POLL_MILLISECONDS);
        });
      }
    },

    undo: () =>
      'Abort the canary: all traffic goes back to the stable version.',
  };
}
