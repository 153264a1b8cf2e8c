import { TestDatabases } from '@backstage/backend-test-utils';
import {
  KubernetesError,
  RESOURCE_TYPES,
} from '@orrery/backstage-plugin-orrery-node';
import type { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';
import { PlanBench } from '../__testUtils__/planBench';
import { NEW_IMAGE, OLD_IMAGE } from '../__testUtils__/planWorld';

jest.setTimeout(60_000);

const KEY = { namespace: 'wealth', name: 'quote' };
const CANARY_KEY = { namespace: 'wealth', name: 'quote-canary' };

const down = () => {
  throw new KubernetesError('kepler', 503, 'Unreachable', 'Nobody answers');
};

describe.each(['nothing', 'virtualService', 'httpRoute'] as const)(
  'PlanDriver, routed by %s',
  routing => {
    const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
    let knex: Knex;
    let bench: PlanBench;

    beforeEach(async () => {
      knex = await databases.init('SQLITE_3');
      await openDatabase({ getClient: async () => knex });
      bench = new PlanBench(knex, routing);
    });

    /** Every state that a good plan goes through, with a restart before each look. */
    const STATES = [
      'preparing',
      'stepping 1',
      'stepping 4',
      'promoting update-stable',
      'promoting return',
      'promoting retire',
      'aborting return',
      'aborting retire',
    ];

    /** Brings a plan into a state, standing still there. */
    async function bringTo(state: string): Promise<string> {
      const { id } = await bench.start();
      if (state.startsWith('aborting')) {
        await bringOn(id, 'stepping 1');
        await bench.command(id, 'abort');
      }
      if (state === 'aborting return') {
        return id;
      }
      await bringOn(id, state);
      return id;
    }

    async function bringOn(id: string, state: string): Promise<void> {
      for (let look = 0; look < 60; look += 1) {
        if ((await bench.place(id)) === state) {
          return;
        }
        await oneMove(id);
      }
      throw new Error(`${state} was not reached: ${await bench.place(id)}`);
    }

    /** A backend that dies before its second look. */
    async function oneMove(id: string): Promise<void> {
      let looks = 0;
      bench.world.cluster.beforeRequest = (verb, plural) => {
        // Every look lists pods, once.
        looks += verb === 'list' && plural === 'pods' ? 1 : 0;
        if (looks > 1) {
          down();
        }
      };
      await bench.backend().drive(id);
      bench.world.cluster.beforeRequest = () => undefined;
      bench.world.settle();
      bench.seconds += 10;
    }

    it('carries a plan to its end and leaves nothing behind', async () => {
      const { id } = await bench.start();
      await expect(bench.pass(id)).resolves.toBe('done');
      expect(bench.world.imageOf('quote')).toBe(NEW_IMAGE);
      expect(bench.world.leftovers).toEqual([]);
    });

    it('goes back by itself when the judge says so, and leaves nothing behind', async () => {
      const { id } = await bench.start();
      bench.verdict = 'abort';
      await expect(bench.pass(id)).resolves.toBe('aborted');
      expect(bench.world.imageOf('quote')).toBe(OLD_IMAGE);
      expect(bench.world.leftovers).toEqual([]);
      expect((await bench.record(id)).state.abort).toEqual({
        by: 'plan',
        reason: 'The judge says abort',
      });
    });

    it('never promotes on missing data', async () => {
      const { id } = await bench.start();
      bench.verdict = 'hold';
      await expect(bench.pass(id, 60)).resolves.toBe('stepping 1');
      expect(bench.world.weight).toBe(10);
    });

    it('ends the same whichever request a backend dies at', async () => {
      const total = await requestsOfAWholePlan();
      expect(total).toBeGreaterThan(60);
      for (let fatal = 1; fatal <= total; fatal += 1) {
        await expect(endAfterDeathAt(fatal)).resolves.toEqual({
          place: 'done',
          leftovers: [],
          image: NEW_IMAGE,
        });
      }
    });

    /** How a plan ends whose backend dies at one of its requests. */
    async function endAfterDeathAt(fatal: number) {
      knex = await databases.init('SQLITE_3');
      await openDatabase({ getClient: async () => knex });
      bench = new PlanBench(knex, routing);
      const { id } = await bench.start();
      let requests = 0;
      let isDead = false;
      bench.world.cluster.beforeRequest = () => {
        requests += 1;
        isDead ||= requests === fatal;
        if (isDead) {
          down();
        }
      };
      while (!isDead && (await bench.place(id)) !== 'done') {
        await bench.backend().drive(id);
        bench.world.settle();
        bench.seconds += 10;
      }
      bench.world.cluster.beforeRequest = () => undefined;
      // The lease of the dead one must run out first.
      bench.seconds += 61;
      const place = await bench.pass(id);
      const { leftovers } = bench.world;
      return { place, leftovers, image: bench.world.imageOf('quote') };
    }

    async function requestsOfAWholePlan(): Promise<number> {
      const { id } = await bench.start();
      let requests = 0;
      bench.world.cluster.beforeRequest = () => {
        requests += 1;
      };
      await bench.pass(id);
      return requests;
    }

    /** What someone or something does to a plan in mid-state, and what must come of it. */
    const FAULTS: Record<
      string,
      {
        strike: () => void;
        /** The end, by whether the plan was still testing. */
        end: (state: string) => string;
      }
    > = {
      'the API server is down for a while': {
        strike: () => {
          bench.world.cluster.beforeRequest = down;
        },
        end: state => (state.startsWith('aborting') ? 'aborted' : 'done'),
      },
      'writes of routes are refused for a while': {
        strike: () => {
          bench.world.cluster.beforeRequest = (verb, plural) => {
            if (
              verb !== 'get' &&
              verb !== 'list' &&
              (plural.endsWith('services') || plural === 'httproutes')
            ) {
              down();
            }
          };
        },
        end: state => (state.startsWith('aborting') ? 'aborted' : 'done'),
      },
      'the canary is deleted by someone': {
        strike: () =>
          bench.world.cluster.remove(RESOURCE_TYPES.deployments, CANARY_KEY),
        end: state =>
          state.startsWith('stepping') || state.startsWith('aborting')
            ? 'aborted'
            : 'done',
      },
      'the stable Deployment is deleted by someone': {
        strike: () =>
          bench.world.cluster.remove(RESOURCE_TYPES.deployments, KEY),
        end: () => 'failed',
      },
      'the routes are deleted by someone': {
        strike: () => {
          const { cluster } = bench.world;
          cluster.remove(RESOURCE_TYPES.virtualServices, KEY);
          cluster.remove(RESOURCE_TYPES.destinationRules, KEY);
          cluster.remove(RESOURCE_TYPES.httpRoutes, { ...KEY, name: 'quotes' });
        },
        end: state => (state.startsWith('aborting') ? 'aborted' : 'done'),
      },
      'the Services of the versions are deleted by someone': {
        strike: () => {
          const { cluster } = bench.world;
          cluster.remove(RESOURCE_TYPES.services, {
            ...KEY,
            name: 'quote-stable',
          });
          cluster.remove(RESOURCE_TYPES.services, CANARY_KEY);
        },
        end: state => (state.startsWith('aborting') ? 'aborted' : 'done'),
      },
      'others change the routes at the same moment': {
        strike: () => {
          const { cluster } = bench.world;
          cluster.beforeRequest = (verb, plural) => {
            if (verb !== 'replace') {
              return;
            }
            for (const type of [
              RESOURCE_TYPES.virtualServices,
              RESOURCE_TYPES.httpRoutes,
            ]) {
              const live = cluster
                .peekAll(type)
                .find(() => type.plural === plural);
              if (live) {
                cluster.put(type, live);
              }
            }
          };
        },
        end: state => (state.startsWith('aborting') ? 'aborted' : 'done'),
      },
      'the judge says abort': {
        strike: () => {
          bench.verdict = 'abort';
        },
        end: state => (state.startsWith('promoting') ? 'done' : 'aborted'),
      },
    };

    const CASES = STATES.flatMap(state =>
      Object.keys(FAULTS).map(fault => [state, fault] as const),
    );

    it.each(CASES)('in %s, when %s', async (state, fault) => {
      const id = await bringTo(state);
      const { strike, end } = FAULTS[fault];
      strike();
      await bench.pass(id, 3);
      bench.world.cluster.beforeRequest = () => undefined;
      const place = await bench.pass(id, 60);
      expect(place).toBe(end(state));
      const image = place === 'done' ? NEW_IMAGE : OLD_IMAGE;
      const whole = { leftovers: [], image };
      // What is given up is left as it is, for people to look at.
      expect(
        place === 'failed'
          ? whole
          : {
              leftovers: bench.world.leftovers,
              image: bench.world.imageOf('quote'),
            },
      ).toEqual(whole);
    });

    it('puts traffic back although everything else is refused', async () => {
      const id = await bringTo('stepping 1');
      expect(bench.world.weight).toBe(10);
      bench.world.cluster.beforeRequest = (verb, plural) => {
        if (plural === 'deployments' && !['get', 'list'].includes(verb)) {
          down();
        }
      };
      await bench.command(id, 'abort');
      await bench.pass(id, 5);
      expect(bench.world.weight).toBe(0);
      expect(await bench.place(id)).toBe('aborting retire');
      expect((await bench.record(id)).state.problem?.sentence).toBe(
        'The Deployment of the canary could not be changed: Nobody answers',
      );
      bench.world.cluster.beforeRequest = () => undefined;
      await expect(bench.pass(id, 5)).resolves.toBe('aborted');
    });

    it('says since when the API server is away, and changes nothing meanwhile', async () => {
      const id = await bringTo('stepping 1');
      bench.world.cluster.beforeRequest = down;
      await bench.pass(id, 1);
      const since = (await bench.record(id)).state.problem?.since;
      expect(since).toBeDefined();
      await bench.pass(id, 3);
      const { state } = await bench.record(id);
      expect(state).toMatchObject({
        phase: 'stepping',
        stepIndex: 1,
        problem: {
          since,
          sentence:
            'The cluster cannot be read, nothing is changed until it can: Nobody answers',
        },
      });
      bench.world.cluster.beforeRequest = () => undefined;
      await bench.backend().drive(id);
      expect((await bench.record(id)).state.problem).toBeUndefined();
    });

    it('starts one canary of a workload at a time', async () => {
      await bench.start();
      await expect(bench.start()).rejects.toMatchObject({
        name: 'ConflictError',
        message: /under way already/,
      });
    });
  },
);
