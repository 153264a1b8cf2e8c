import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Release } from '@orrery/backstage-plugin-delivery-common';
import { playHttp } from '../__testUtils__/playHttp';
import { playJenkins } from '../__testUtils__/playJenkins';
import { openDatabase } from '../database/openDatabase';
import { GitLabClient } from '../gitlab/GitLabClient';
import { JenkinsClient } from '../jenkins/JenkinsClient';
import type { ImageState } from '../registry/types';
import { ReleaseRanger } from './ReleaseRanger';
import { ReleaseStore, type StoredRelease } from './ReleaseStore';

const COMPARE = 'GET /api/v4/projects/wealth%2Fpay/repository/compare';
const NOW = new Date('2026-11-26T12:00:00Z');

const commit = (id: string, at: string) => ({
  id,
  title: id,
  author_name: 'Lin Yue',
  committed_date: at,
});

function release(
  revision: number,
  overrides: Partial<StoredRelease> = {},
): StoredRelease {
  return {
    id: `r${revision}`,
    workload: 'kepler/wealth/Deployment/pay',
    cluster: 'kepler',
    namespace: 'wealth',
    app: 'pay',
    revision,
    revisionName: `pay-${revision}`,
    version: `1.${revision}`,
    images: [{ container: 'app', image: `registry/wealth/pay:1.${revision}` }],
    actor: { by: 'unknown', sentence: '' },
    isRollback: false,
    startedAt: `2026-11-26T1${revision - 1}:00:00.000Z`,
    state: 'succeeded',
    outcome: '',
    template: '',
    ...overrides,
  };
}

describe('ReleaseRanger', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let store: ReleaseStore;
  let gitlab: Awaited<ReturnType<typeof playHttp>>;
  let jenkins: Awaited<ReturnType<typeof playJenkins>>;
  let states: Record<string, ImageState>;

  beforeEach(async () => {
    const knex = await databases.init('SQLITE_3');
    store = new ReleaseStore(
      await openDatabase({ getClient: async () => knex }),
    );
    states = {};
    gitlab = await playHttp({
      [COMPARE]: {
        status: 200,
        body: {
          commits: [
            commit('b1', '2026-11-26T09:10:00+01:00'),
            commit('b2', '2026-11-26T09:30:00Z'),
          ],
          diffs: [],
        },
      },
    });
    jenkins = await playJenkins();
  });

  afterEach(() => {
    gitlab.stop();
    jenkins.stop();
  });

  const rangerWith = (options: { withGitLab?: boolean } = {}) =>
    new ReleaseRanger({
      store,
      registry: {
        inspect: async image =>
          states[image] ?? {
            state: 'unknown',
            reason: 'No registry is configured for it',
          },
        tags: () => Promise.reject(new Error('Nobody asks for tags here')),
      },
      names: {
        of: async () => ({ project: 'wealth/pay', job: 'pay.wealth' }),
      } as never,
      gitlab:
        options.withGitLab === false
          ? undefined
          : new GitLabClient({
              url: gitlab.url,
              publicUrl: gitlab.url,
              token: 'secret',
              timeoutSeconds: 2,
            }),
      jenkins: new JenkinsClient({
        url: jenkins.url,
        publicUrl: jenkins.url,
        username: 'orrery',
        token: 'secret',
        timeoutSeconds: 2,
      }),
      logger: mockServices.logger.mock(),
      now: () => NOW,
    });

  async function rangeOf(
    releases: StoredRelease[],
    options = {},
  ): Promise<Release['range']> {
    await store.add(releases);
    await rangerWith(options).rangeAll();
    return (await store.get(releases.at(-1)?.id ?? ''))?.range;
  }

  const exists = (revision?: string): ImageState => ({
    state: 'exists',
    digest: 'sha256:0',
    platforms: [],
    ...(revision && { revision }),
  });

  it('counts the commits, and knows when the first was made', async () => {
    expect(
      await rangeOf([
        release(1, { commit: 'a' }),
        release(2, { commit: 'b2' }),
      ]),
    ).toEqual({
      from: 'a',
      to: 'b2',
      commits: 2,
      firstCommitAt: '2026-11-26T08:10:00.000Z',
    });
    expect(gitlab.seen).toEqual([`${COMPARE}?from=a&to=b2`]);
    await rangerWith().rangeAll();
    expect(gitlab.seen).toHaveLength(1);
  });

  it('reads what the images were built from, or the builds that made them', async () => {
    states['registry/wealth/pay:1.1'] = exists('a');
    states['registry/wealth/pay:1.2'] = exists();
    jenkins.jobs.set('pay.wealth', {
      xml: '',
      builds: [
        { result: 'FAILURE', parameters: [['TAG', '1.2']] },
        { result: 'SUCCESS', parameters: [['TAG', '1.2']] },
      ],
    });
    expect(await rangeOf([release(1), release(2)])).toMatchObject({
      from: 'a',
      to: 'abc',
      commits: 2,
    });
    expect((await store.get('r2'))?.commit).toBe('abc');
  });

  it('brings no commit where only settings change', async () => {
    const { images } = release(1);
    expect(await rangeOf([release(1), release(2, { images })])).toEqual({
      commits: 0,
    });
    expect(gitlab.seen).toEqual([]);
  });

  it.each<[string, StoredRelease[], object, RegExp]>([
    ['there is no GitLab', [release(2)], { withGitLab: false }, /^No GitLab/],
    [
      'it is the first that is known',
      [release(2)],
      {},
      /^No release before it is known$/,
    ],
    [
      'nobody tells what an image was built from',
      [release(1, { commit: 'a' }), release(2)],
      {},
      /^What 1\.2 was built from is not known: its image is not known: No registry is configured for it, and no build of pay\.wealth says so$/,
    ],
  ])(
    'says why it is not known: %s',
    async (_why, releases, options, reason) => {
      expect((await rangeOf(releases, options))?.reason).toMatch(reason);
    },
  );

  it('says when GitLab lacks a commit', async () => {
    delete gitlab.answers[COMPARE];
    expect(
      await rangeOf([release(1, { commit: 'a' }), release(2, { commit: 'b' })]),
    ).toEqual({
      from: 'a',
      to: 'b',
      reason: 'GitLab does not have both commits in wealth/pay',
    });
  });

  it('asks again while an upstream is away, and not for ever', async () => {
    gitlab.state.isDown = true;
    const both = [release(1, { commit: 'a' }), release(2, { commit: 'b' })];
    expect((await rangeOf(both))?.reason).toMatch(/^GitLab answered 502/);
    gitlab.state.isDown = false;
    await rangerWith().rangeAll();
    expect((await store.get('r2'))?.range?.commits).toBe(2);
    const old = release(3, {
      id: 'old',
      startedAt: '2026-11-20T10:00:00.000Z',
    });
    await store.add([old]);
    await rangerWith().rangeAll();
    expect((await store.get('old'))?.range).toBeUndefined();
  });
});
