import {
  RESOURCE_TYPES,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import request from 'supertest';
import { startFakeRegistry } from './fakeRegistry';
import { NAMESPACE, putPayment } from './sampleObjects';
import { startWorkloads } from './startWorkloads';

export const WORKLOAD = 'kepler/wealth/Deployment/payment';

const KEY = { namespace: NAMESPACE, name: 'payment' };

/** Presses the buttons of a world with the Deployment `payment`. */
export function driveActions() {
  let world: Awaited<ReturnType<typeof startWorkloads>>;
  let registry: Awaited<ReturnType<typeof startFakeRegistry>> | undefined;

  const preview = (action: string, input: object) =>
    request(world.server)
      .post(`/api/delivery/actions/${action}/preview`)
      .send({ input });

  return {
    /** The world that was started last. */
    world: () => world,

    /** Starts a world; with a registry, where images are pushed to one. */
    async start(
      options: Parameters<typeof startWorkloads>[0] & {
        tags?: readonly string[];
      } = {},
    ) {
      const { tags, ...rest } = options;
      registry = tags && (await startFakeRegistry());
      const digests = (tags ?? []).map(tag =>
        registry?.push(tag, '2026-11-20T10:00:00Z'),
      );
      world = await startWorkloads({ ...rest, registryUrl: registry?.url });
      putPayment(world.cluster);
      return digests;
    },

    async stop() {
      registry?.stop();
      registry = undefined;
      await world.stop();
    },

    preview,

    /** Previews and runs with what the preview said. */
    async run(action: string, input: object, overrides: object = {}) {
      const { body } = await preview(action, input);
      return request(world.server)
        .post(`/api/delivery/actions/${action}/run`)
        .send({
          input,
          reason: 'Because',
          resourceVersion: body.resourceVersion,
          idempotencyKey: `key-${action}-${world.rows.size}`,
          ...overrides,
        });
    },

    /** The Deployment as it is now. */
    live(): KubernetesObject {
      const found = world.cluster.peek(RESOURCE_TYPES.deployments, KEY);
      if (!found) {
        throw new Error('payment is gone');
      }
      return found;
    },

    /** The row of a run once it is over. */
    async ended(id: string) {
      for (let tries = 0; tries < 200; tries++) {
        const row = world.rows.get(id);
        if (row && row.state !== 'running') {
          return row;
        }
        await new Promise(resolve => {
          setTimeout(resolve, 10);
        });
      }
      throw new Error(`${world.rows.get(id)?.message}`);
    },
  };
}
