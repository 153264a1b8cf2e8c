/** What opening the inbox costs the server: 500 canaries among 5,000 workloads. */
import { join } from 'node:path';
import orreryNode from '@orrery/backstage-plugin-orrery-node';
import knexModule from 'knex';
import serviceModule from '../../plugins/delivery-backend/src/canary/CanaryService.ts';
import eventsModule from '../../plugins/delivery-backend/src/canary/CanaryEventStore.ts';
import argoModule from '../../plugins/delivery-backend/src/engines/ArgoEngine.ts';
import cachedModule from '../../plugins/delivery-backend/src/engines/CachedObjects.ts';
import flaggerModule from '../../plugins/delivery-backend/src/engines/FlaggerEngine.ts';
import istioModule from '../../plugins/delivery-backend/src/engines/IstioEngine.ts';
import gatesModule from '../../plugins/delivery-backend/src/hooks/GateStore.ts';
import plansModule from '../../plugins/delivery-backend/src/plans/PlanStore.ts';
import weightsModule from '../../plugins/delivery-backend/src/telemetry/ObservedWeights.ts';
import { canaries, replicaSets, rollouts } from './lib/large-canaries.mjs';
import { largeDelivery } from './lib/large-delivery.mjs';
import { median, note, report, sleep } from './support.mjs';

const { WatchCaches } = orreryNode;
const WORKLOADS = 5000;
const EACH = 250;
const ROUNDS = 25;
const limit = { limit: 100 };

const logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: note,
  error: note,
};
const root = join(import.meta.dirname ?? '.', '../..');
const database = knexModule({
  client: 'better-sqlite3',
  connection: ':memory:',
  useNullAsDefault: true,
});
await database.migrate.latest({
  directory: join(root, 'plugins/delivery-backend/migrations'),
});

const cluster = largeDelivery(WORKLOADS, {
  rollouts: rollouts(EACH),
  canaries: canaries(EACH),
});
cluster.objects.replicasets.push(...replicaSets(EACH));
const caches = new WatchCaches({ client: cluster.client, logger });
const objects = new cachedModule.CachedObjects(caches);
const { client } = cluster;
const service = new serviceModule.CanaryService({
  engines: [
    new istioModule.IstioEngine({
      store: new plansModule.PlanStore({ database }),
      driver: { drive: async () => undefined },
      tell: async () => undefined,
      objects,
    }),
    new argoModule.ArgoEngine({ objects, client }),
    new flaggerModule.FlaggerEngine({
      objects,
      client,
      gates: new gatesModule.GateStore({ database }),
    }),
  ],
  config: {
    readOnly: false,
    environments: [],
    clusters: [{ name: 'large', title: 'Large', protectedNamespaces: [] }],
  },
  weights: new weightsModule.ObservedWeights({ clients: new Map() }),
  events: new eventsModule.CanaryEventStore({ database }),
  authority: { resolve: async () => ({ owners: ['group:default/team'] }) },
});

/** As the router answers: the list, and its JSON. */
async function open() {
  const startedAt = performance.now();
  const body = JSON.stringify(await service.list({ namespaces: [] }));
  return { body, milliseconds: performance.now() - startedAt };
}

const { body, milliseconds } = await open();
note(
  `  ${JSON.parse(body).canaries.length} canaries, ${
    body.length
  } characters of JSON; read and indexed in ${Math.round(milliseconds)} ms`,
);
const same = [];
const changed = [];
for (let round = 0; round < ROUNDS; round++) {
  same.push((await open()).milliseconds);
  const rollout = cluster.objects.rollouts[round];
  cluster.change('rollouts', {
    ...rollout,
    metadata: { ...rollout.metadata, resourceVersion: String(round + 2) },
  });
  // The watch brings it in a moment, as it would from a server.
  await sleep(5);
  changed.push((await open()).milliseconds);
}
report(`delivery.inbox.${2 * EACH}`, median(same), 'ms', limit);
report(`delivery.inbox.${2 * EACH}.changed`, median(changed), 'ms', limit);
await caches.stop();
await database.destroy();
