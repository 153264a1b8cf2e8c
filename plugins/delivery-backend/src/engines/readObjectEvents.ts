import type { CanaryEvent } from '@orrery/backstage-plugin-delivery-common';
import {
  RESOURCE_TYPES,
  type KubernetesObject,
  type ObjectKey,
} from '@orrery/backstage-plugin-orrery-node';
import { z } from 'zod';
import type { CachedObjects } from './CachedObjects';

const KEPT = 100;

const eventSchema = z.object({
  involvedObject: z.object({
    kind: z.string().optional(),
    namespace: z.string().optional(),
    name: z.string().optional(),
  }),
  type: z.string().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastTimestamp: z.string().nullish(),
  eventTime: z.string().nullish(),
  metadata: z.object({ creationTimestamp: z.string().optional() }),
});

function keyOf(event: KubernetesObject): string | undefined {
  const { data } = eventSchema.shape.involvedObject.safeParse(
    event.involvedObject,
  );
  return data && `${data.kind}/${data.namespace}/${data.name}`;
}

/** Kubernetes' events about one object, the newest first. */
export async function readObjectEvents(
  objects: CachedObjects,
  cluster: string,
  kind: string,
  { namespace, name }: ObjectKey,
): Promise<CanaryEvent[]> {
  const index = await objects.index(
    cluster,
    RESOURCE_TYPES.events,
    'by object',
    keyOf,
  );
  return (index.get(`${kind}/${namespace}/${name}`) ?? [])
    .flatMap((object): CanaryEvent[] => {
      const { data: event } = eventSchema.safeParse(object);
      const at =
        event?.lastTimestamp ??
        event?.eventTime ??
        event?.metadata.creationTimestamp;
      return event && at
        ? [
            {
              at: new Date(at).toISOString(),
              kind: event.type === 'Warning' ? 'problem' : 'info',
              title: event.reason ?? 'Event',
              detail: event.message,
            },
          ]
        : [];
    })
    .sort((left, right) => right.at.localeCompare(left.at))
    .slice(0, KEPT);
}
