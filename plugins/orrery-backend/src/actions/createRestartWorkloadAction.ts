import { ConflictError } from '@backstage/errors';
import {
  formatRef,
  orreryWorkloadRestartPermission,
  restartWorkloadInputSchema,
} from '@orrery/backstage-plugin-orrery-common';
import {
  isProtected,
  parseTarget,
  RESOURCE_TYPES,
  type ActionDefinition,
  type ClusterClient,
  type KubernetesObject,
  type OrreryConfig,
  type ResourceType,
} from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import { rolloutProgress } from './rolloutProgress';

/** The annotation that `kubectl rollout restart` sets, so that both tools agree. */
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';
const FIELD_MANAGER = 'orrery';
const POLL_MILLISECONDS = 1000;

const RESTARTABLE: Record<string, ResourceType> = {
  Deployment: RESOURCE_TYPES.deployments,
  StatefulSet: RESOURCE_TYPES.statefulSets,
  DaemonSet: RESOURCE_TYPES.daemonSets,
};

function targetOf(workload: string, config: OrreryConfig) {
  const target = parseTarget('workload', workload, {
    kinds: Object.keys(RESTARTABLE),
    config,
  });
  return { ...target, resourceType: RESTARTABLE[target.kind] };
}

/** What a person compares: the pod template without what the server keeps for itself. */
function shown(object: KubernetesObject): string {
  const spec = object.spec;
  const template =
    typeof spec === 'object' && spec !== null
      ? Reflect.get(spec, 'template')
      : undefined;
  return stringify({ spec: { template } });
}

function restartPatch(at: string) {
  return {
    spec: {
      template: { metadata: { annotations: { [RESTARTED_AT]: at } } },
    },
  };
}

function desiredPods(object: KubernetesObject): number | undefined {
  const pick = (part: unknown, field: string): unknown =>
    typeof part === 'object' && part !== null
      ? Reflect.get(part, field)
      : undefined;
  const count =
    pick(object.spec, 'replicas') ??
    pick(object.status, 'desiredNumberScheduled');
  return typeof count === 'number' ? count : undefined;
}

/**
 * Replaces all pods of a workload by equal ones, as `kubectl rollout restart`
 * does, in the order of its own update strategy.
 */
export function createRestartWorkloadAction(options: {
  client: ClusterClient;
  config: OrreryConfig;
  now?: () => Date;
}): ActionDefinition<typeof restartWorkloadInputSchema> {
  const { client, config, now = () => new Date() } = options;
  return {
    name: 'restart-workload',
    title: 'Restart a workload',
    description:
      'Replaces all pods of a Deployment, StatefulSet or DaemonSet by new ones of the same version, a few at a time.',
    input: restartWorkloadInputSchema,
    permission: orreryWorkloadRestartPermission,

    target: ({ workload }) =>
      formatRef({ ...targetOf(workload, config), type: 'workload' }),

    async preview({ workload }) {
      const target = targetOf(workload, config);
      const { cluster, resourceType: type, namespace, name } = target;
      const key = { namespace, name };
      const [before, after] = await Promise.all([
        client.get<KubernetesObject>(cluster, type, key),
        client.patch<KubernetesObject>(
          cluster,
          type,
          key,
          { type: 'strategic', patch: restartPatch(now().toISOString()) },
          { dryRun: true, fieldManager: FIELD_MANAGER },
        ),
      ]);
      const pods = desiredPods(before);
      const guarded = isProtected(config, cluster, namespace);
      return {
        target: workload,
        summary: `Restart ${target.kind} ${name} in ${namespace}: replaces ${
          pods ?? 'its'
        } ${pods === 1 ? 'pod' : 'pods'} by new ones of the same version`,
        before: shown(before),
        after: shown(after),
        blastRadius: {
          pods,
          sentences:
            pods === 1
              ? [
                  'There is one pod only: the service depends on its update strategy to stay up.',
                ]
              : [],
        },
        resourceVersion: before.metadata.resourceVersion ?? '',
        typedConfirmation: guarded ? name : undefined,
        warnings: [],
      };
    },

    async run({ workload }, { resourceVersion }) {
      const {
        cluster,
        resourceType: type,
        namespace,
        name,
        kind,
      } = targetOf(workload, config);
      const patch = {
        metadata: { resourceVersion },
        ...restartPatch(now().toISOString()),
      };
      try {
        await client.patch(
          cluster,
          type,
          { namespace, name },
          { type: 'strategic', patch },
          { fieldManager: FIELD_MANAGER },
        );
      } catch (error) {
        if (error instanceof Error && error.name === 'ConflictError') {
          throw new ConflictError(
            `${kind} ${name} has changed since it was previewed: preview it again`,
          );
        }
        throw error;
      }
      return { message: `${kind} ${name} accepted the restart` };
    },

    async verify({ workload }, { signal, report }) {
      const {
        cluster,
        resourceType: type,
        namespace,
        name,
      } = targetOf(workload, config);
      let last = '';
      for (;;) {
        const object = await client.get<KubernetesObject>(cluster, type, {
          namespace,
          name,
        });
        const progress = rolloutProgress(object);
        if (progress.state !== 'running') {
          return { state: progress.state, message: progress.message };
        }
        if (signal.aborted) {
          return {
            state: 'failed',
            message: `Gave up waiting: ${progress.message}`,
          };
        }
        if (progress.message !== last) {
          last = progress.message;
          report(progress.message);
        }
        await new Promise(resolve => {
          setTimeout(resolve, POLL_MILLISECONDS);
        });
      }
    },

    undo: () =>
      'Nothing to take back: the new pods run the same version. Roll back the release if that version is at fault.',
  };
}
