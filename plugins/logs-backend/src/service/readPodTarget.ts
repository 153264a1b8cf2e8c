import type { LogPodTarget } from '@orrery/backstage-plugin-logs-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import { z } from 'zod';
import { appOfPod } from './KnownApps';

const named = z.looseObject({
  name: z.string(),
  restartPolicy: z.string().optional(),
});
const statusSchema = z.object({
  name: z.string(),
  restartCount: z.number().default(0),
  state: z
    .record(z.string(), z.object({ reason: z.string().optional() }).nullish())
    .optional(),
});
const list = <T extends z.ZodType>(schema: T) =>
  z.array(schema).nullish().catch(undefined);
const podSchema = z.object({
  spec: z.object({
    nodeName: z.string().optional(),
    containers: list(named),
    initContainers: list(named),
    ephemeralContainers: list(named),
  }),
  status: z
    .object({
      containerStatuses: list(statusSchema),
      initContainerStatuses: list(statusSchema),
      ephemeralContainerStatuses: list(statusSchema),
    })
    .default({}),
});

/** Containers that others bring along; their lines are asked for by name. */
const SIDECARS = new Set([
  'istio-proxy',
  'linkerd-proxy',
  'filebeat',
  'fluent-bit',
  'vault-agent',
]);

type Kind = LogPodTarget['containers'][number]['kind'];

/** A pod as something that can be followed. */
export function readPodTarget(pod: KubernetesObject): LogPodTarget {
  const read = podSchema.safeParse(pod);
  const { labels = {}, name } = pod.metadata;
  const app = appOfPod(pod);
  const version = labels.version ?? labels['app.kubernetes.io/version'];
  const { spec, status } = read.success
    ? read.data
    : { spec: {} as z.infer<typeof podSchema>['spec'], status: {} };
  const statuses = new Map(
    [
      ...(status.containerStatuses ?? []),
      ...(status.initContainerStatuses ?? []),
      ...(status.ephemeralContainerStatuses ?? []),
    ].map(told => [told.name, told] as const),
  );
  const containers = (
    items: readonly z.infer<typeof named>[] | null | undefined,
    kindOf: (item: z.infer<typeof named>) => Kind,
  ) =>
    (items ?? []).map(item => {
      const told = statuses.get(item.name);
      const [state, detail] = Object.entries(told?.state ?? {})[0] ?? [];
      return {
        name: item.name,
        kind: kindOf(item),
        restarts: told?.restartCount ?? 0,
        state: [state ?? 'unknown', detail?.reason].filter(Boolean).join(': '),
      };
    });
  return {
    name,
    ...(app !== undefined && { app }),
    ...(version !== undefined && { version }),
    ...(spec.nodeName !== undefined && { node: spec.nodeName }),
    containers: [
      ...containers(spec.containers, item =>
        SIDECARS.has(item.name) ? 'sidecar' : 'app',
      ),
      ...containers(spec.initContainers, item =>
        // One that always restarts runs beside the app.
        item.restartPolicy === 'Always' ? 'sidecar' : 'init',
      ),
      ...containers(spec.ephemeralContainers, () => 'ephemeral'),
    ],
  };
}
