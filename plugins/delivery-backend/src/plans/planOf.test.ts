import { TestDatabases } from '@backstage/backend-test-utils';
import { PlanBench } from '../__testUtils__/planBench';
import { NEW_IMAGE, OLD_IMAGE } from '../__testUtils__/planWorld';
import { openDatabase } from '../database/openDatabase';
import { planOf } from './planOf';

const QUOTE = 'kepler/wealth/Deployment/quote';

describe('planOf', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let bench: PlanBench;

  beforeEach(async () => {
    const knex = await databases.init('SQLITE_3');
    await openDatabase({ getClient: async () => knex });
    bench = new PlanBench(knex);
  });

  const ask = (workload = QUOTE, image = NEW_IMAGE) =>
    planOf(bench.store, workload, [image, 'sidecar:1'], bench.now);

  it('names the plan that promoted an image, for a while', async () => {
    expect(await ask()).toBeUndefined();
    const { id } = await bench.start();
    // It runs beside, and nothing was promoted yet.
    expect(await ask()).toBeUndefined();
    expect(await bench.pass(id)).toBe('done');
    // What is done was so before the last looks.
    bench.seconds = 300;
    expect(await ask()).toBe('kepler/wealth/CanaryPlan/quote');
    expect(await ask(QUOTE, OLD_IMAGE)).toBeUndefined();
    expect(await ask('kepler/wealth/StatefulSet/quote')).toBeUndefined();
    expect(await ask('kepler/wealth/Deployment/order')).toBeUndefined();
    bench.seconds += 3600;
    // Whoever deploys the same image again has done so without a canary.
    expect(await ask()).toBeUndefined();
  });
});
