import { ConflictError } from '@backstage/errors';
import {
  filebeatConfig,
  filebeatConfigName,
  logCollectionInputSchema,
  logsCollectionPermission,
  patchLogCollection,
  type FilebeatSidecar,
  type LogCollectionInput,
} from '@orrery/backstage-plugin-logs-common';
import {
  formatRef,
  InvalidValueError,
} from '@orrery/backstage-plugin-orrery-common';
import {
  isProtected,
  parseTarget,
  RESOURCE_TYPES,
  type ActionDefinition,
  type ClusterClient,
  type KubernetesObject,
  type OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import { followPods } from './followPods';
import {
  chooseContainer,
  gitOwnerOf,
  templateOf,
  templateText,
} from './template';

const FIELD_MANAGER = 'orrery';

const TYPES = {
  Deployment: RESOURCE_TYPES.deployments,
  StatefulSet: RESOURCE_TYPES.statefulSets,
  DaemonSet: RESOURCE_TYPES.daemonSets,
};

const SAID = {
  off: 'no longer collects the logs of',
  output: 'collects what the containers print of',
  files: 'collects the log files of',
};

/** What the action works with. */
export type CollectionTools = {
  client: ClusterClient;
  config: OrreryConfig;
  /** Absent where no sidecar is configured: files cannot be collected then. */
  sidecar?: FilebeatSidecar;
  /** How often the rollout is looked at. */
  pollMilliseconds?: number;
};

/** Switches the collection of a workload's logs on and off. */
export function createCollectionAction(
  tools: CollectionTools,
): ActionDefinition<typeof logCollectionInputSchema> {
  const { client, config, sidecar } = tools;

  function targetOf({ workload }: Pick<LogCollectionInput, 'workload'>) {
    const target = parseTarget('workload', workload, {
      kinds: Object.keys(TYPES),
      config,
    });
    return { ...target, type: TYPES[target.kind as keyof typeof TYPES] };
  }

  async function prepare(input: LogCollectionInput) {
    const target = targetOf(input);
    if (input.collect === 'files' && !sidecar) {
      throw new InvalidValueError(
        'collect',
        'off or output: no sidecar is configured (orrery.logs.sidecar)',
        input.collect,
      );
    }
    const object = await client.get<KubernetesObject>(
      target.cluster,
      target.type,
      target,
    );
    const template = templateOf(object);
    const patch = patchLogCollection(input, {
      workload: target.name,
      container: chooseContainer(template, input.container),
      template,
      ...(sidecar && { sidecar }),
    });
    return { target, object, patch };
  }

  /** The sidecar's ConfigMap, or undefined when there is none. */
  function configMapOf(input: LogCollectionInput) {
    const { namespace, name } = targetOf(input);
    return input.collect === 'files' && sidecar
      ? {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: {
            name: filebeatConfigName(name),
            namespace,
            labels: { 'app.kubernetes.io/managed-by': FIELD_MANAGER },
          },
          data: { 'filebeat.yml': stringify(filebeatConfig(input, sidecar)) },
        }
      : undefined;
  }

  async function applyConfig(input: LogCollectionInput, dryRun: boolean) {
    const object = configMapOf(input);
    if (object) {
      const { namespace, name } = object.metadata;
      await client.patch(
        targetOf(input).cluster,
        RESOURCE_TYPES.configMaps,
        { namespace, name },
        { type: 'apply', object },
        { dryRun, fieldManager: FIELD_MANAGER },
      );
    }
  }

  return {
    name: 'set-log-collection',
    title: 'Set log collection',
    description:
      'Switches the collection of a workload’s logs on or off, joins lines that belong together, or collects files by a sidecar. Its pods are replaced.',
    input: logCollectionInputSchema,
    permission: logsCollectionPermission,

    target: input => formatRef({ ...targetOf(input), type: 'workload' }),

    async preview(input) {
      const { target, object, patch } = await prepare(input);
      const { cluster, namespace, kind, name } = target;
      await applyConfig(input, true);
      const answer = await client.patch<KubernetesObject>(
        cluster,
        target.type,
        target,
        { type: 'strategic', patch },
        { dryRun: true, fieldManager: FIELD_MANAGER },
      );
      const before = templateText(object);
      const after = templateText(answer);
      if (before === after && !configMapOf(input)) {
        throw new InvalidValueError(
          'collect',
          'a change: it is like that already',
          input.collect,
        );
      }
      const map = configMapOf(input);
      const gitOwner = gitOwnerOf(object);
      return {
        target: formatRef({ ...target, type: 'workload' }),
        summary: `Filebeat ${
          SAID[input.collect]
        } ${kind} ${name} in ${namespace}`,
        before,
        after: map ? `${after}---\n${stringify(map)}` : after,
        blastRadius: { sentences: ['Its pods are replaced one by one.'] },
        resourceVersion: object.metadata.resourceVersion ?? '',
        ...(isProtected(config, cluster, namespace) && {
          typedConfirmation: name,
        }),
        warnings: gitOwner
          ? [
              {
                code: 'managed-in-git',
                message: `${gitOwner} would take this back. To keep it, change this in Git instead:\n${stringify(
                  patch,
                )}`,
              },
            ]
          : [],
      };
    },

    async run(input, { resourceVersion }) {
      const { target, patch } = await prepare(input);
      const { cluster, kind, name } = target;
      // First what the pods will mount, then the pods.
      await applyConfig(input, false);
      try {
        await client.patch(
          cluster,
          target.type,
          target,
          {
            type: 'strategic',
            patch: { ...patch, metadata: { resourceVersion } },
          },
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
      return { message: `${kind} ${name} accepted the collection of its logs` };
    },

    verify(input, context) {
      const target = targetOf(input);
      return followPods({
        ...context,
        read: () =>
          client.get<KubernetesObject>(target.cluster, target.type, target),
        pollMilliseconds: tools.pollMilliseconds,
      });
    },

    undo: () =>
      'Set it again to what it was, or roll the workload back to the revision before.',
  };
}
