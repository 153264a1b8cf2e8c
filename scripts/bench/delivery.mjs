/** What lists of delivery cost the server, from its caches. */
import orreryNode from '@orrery/backstage-plugin-orrery-node';
import workloadsModule from '../../plugins/delivery-backend/src/workloads/DefaultWorkloadsService.ts';
import indexesModule from '../../plugins/delivery-backend/src/workloads/WorkloadIndexes.ts';
import objectsModule from '../../plugins/delivery-backend/src/sources/DeliveryObjects.ts';
import { largeDelivery } from './lib/large-delivery.mjs';
import { median, note, report, sleep } from './support.mjs';

const { WatchCaches } = orreryNode;
const { DefaultWorkloadsService } = workloadsModule;
const { WorkloadIndexes } = indexesModule;
const { DeliveryObjects } = objectsModule;

const WORKLOADS = 5000;
const ROUNDS = 25;
const LIMIT_MILLISECONDS = 100;

const logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: note,
  error: note,
};
const cluster = largeDelivery(WORKLOADS);
const caches = new WatchCaches({ client: cluster.client, logger });
const service = new DefaultWorkloadsService({
  indexes: new WorkloadIndexes(new DeliveryObjects(caches)),
  client: cluster.client,
  config: {
    readOnly: false,
    environments: [],
    clusters: [{ name: 'large', title: 'Large', protectedNamespaces: [] }],
  },
});

/** As the router answers: the list, and its JSON. */
async function open(query) {
  const startedAt = performance.now();
  const body = JSON.stringify(await service.list(query));
  return { body, milliseconds: performance.now() - startedAt };
}

const everything = { namespaces: [] };
const { body, milliseconds } = await open(everything);
note(
  `  ${JSON.parse(body).items.length} workloads, ${
    body.length
  } characters of JSON; read and indexed in ${Math.round(milliseconds)} ms`,
);

const same = [];
const one = [];
const changed = [];
for (let round = 0; round < ROUNDS; round++) {
  same.push((await open(everything)).milliseconds);
  one.push((await open({ namespaces: ['team-007'] })).milliseconds);
  const pod = cluster.objects.pods[round];
  cluster.change('pods', {
    ...pod,
    metadata: { ...pod.metadata, resourceVersion: String(round + 2) },
  });
  // The watch brings it in a moment, as it would from a server.
  await sleep(5);
  changed.push((await open(everything)).milliseconds);
}
const limit = { limit: LIMIT_MILLISECONDS };
report(`delivery.workloads.${WORKLOADS}`, median(same), 'ms', limit);
report(`delivery.workloads.${WORKLOADS}.changed`, median(changed), 'ms', limit);
report(`delivery.workloads.${WORKLOADS}.namespace`, median(one), 'ms', limit);
await caches.stop();
