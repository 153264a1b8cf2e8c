import { TestDatabases } from '@backstage/backend-test-utils';
import { RESOURCE_TYPES } from '@orrery/backstage-plugin-orrery-node';
import { PlanBench } from '../__testUtils__/planBench';
import { openDatabase } from '../database/openDatabase';

jest.setTimeout(60_000);

// PostgreSQL where one is running: its address is in the environment.
const databases = TestDatabases.create({
  ids: ['POSTGRES_16', 'SQLITE_3'],
  disableDocker: true,
});

const CASES = databases
  .eachSupportedId()
  .flatMap(([id]) =>
    (['nothing', 'virtualService', 'httpRoute'] as const).map(
      routing => [id, routing] as const,
    ),
  );

describe.each(CASES)('two backends on %s, routed by %s', (id, routing) => {
  async function open(): Promise<PlanBench> {
    const knex = await databases.init(id);
    await openDatabase({ getClient: async () => knex });
    return new PlanBench(knex, routing);
  }

  const writesOf = (bench: PlanBench) =>
    bench.world.cluster.writes.map(
      ({ verb, plural, name }) => `${verb} ${plural}/${name}`,
    );

  /** Writes of a plan that only one backend carries out. */
  async function alone(): Promise<string[]> {
    const bench = await open();
    const plan = await bench.start();
    const driver = bench.backend();
    for (let look = 0; look < 30; look += 1) {
      await driver.driveAll();
      bench.world.settle();
      bench.seconds += 10;
    }
    await expect(bench.place(plan.id)).resolves.toBe('done');
    return writesOf(bench);
  }

  it('step once, though both look at the same moments', async () => {
    const expected = await alone();
    const bench = await open();
    const plan = await bench.start();
    const drivers = [bench.backend(), bench.backend(), bench.backend()];
    for (let look = 0; look < 30; look += 1) {
      await Promise.all(drivers.map(driver => driver.driveAll()));
      bench.world.settle();
      bench.seconds += 10;
    }
    await expect(bench.place(plan.id)).resolves.toBe('done');
    expect(writesOf(bench)).toEqual(expected);
  });

  it('go on where the other one died, once its lease is over', async () => {
    const bench = await open();
    const { id: planId } = await bench.start();
    await expect(bench.store.lease(planId, 'the dead', 60)).resolves.toBe(true);
    await bench.backend().driveAll();
    expect(bench.world.cluster.writes).toEqual([]);
    bench.seconds = 61;
    await bench.backend().driveAll();
    // Behind Services that were just made, pods must be known first.
    bench.world.settle();
    await bench.backend().driveAll();
    expect(
      bench.world.cluster.peek(RESOURCE_TYPES.deployments, {
        namespace: 'wealth',
        name: 'quote-canary',
      }),
    ).toBeDefined();
  });

  it('refuse a change that is based on what the other has changed', async () => {
    const bench = await open();
    const record = await bench.start();
    const changed = { ...record.state, looks: 1 };
    const outcomes = await Promise.all([
      bench.store.update(record, changed),
      bench.store.update(record, changed),
    ]);
    expect(outcomes.filter(outcome => outcome === undefined)).toHaveLength(1);
  });

  it('start one canary, though both are asked at once', async () => {
    const bench = await open();
    const outcomes = await Promise.allSettled([bench.start(), bench.start()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    await expect(bench.store.active()).resolves.toHaveLength(1);
  });
});
