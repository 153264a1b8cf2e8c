import { readBranches } from './readBranches';
import { buildPlaceSchema } from './schema';

const build = (number: number, timestamp: number) => ({
  number,
  url: 'http://jenkins/1/',
  timestamp,
  result: 'SUCCESS',
});

describe('branches of a multibranch job', () => {
  it('come the primary one first, then those that were built last', () => {
    const branches = readBranches([
      { name: 'idle' },
      { name: 'old', lastBuild: build(3, 1000) },
      { name: 'feature%2Fpay', displayName: 'feature/pay', lastBuild: null },
      { name: 'fix%2Fx', lastBuild: build(1, 2000) },
      { name: '100%', displayName: '' },
      {
        name: 'trunk',
        actions: [
          null,
          {},
          { _class: 'jenkins.scm.api.metadata.PrimaryInstanceMetadataAction' },
        ],
      },
    ]);
    expect(branches.map(({ title }) => title)).toEqual([
      'trunk',
      'fix/x',
      'old',
      '100%',
      'feature/pay',
      'idle',
    ]);
    expect(branches[0].isPrimary).toBe(true);
    expect(branches[1]).toMatchObject({
      name: 'fix%2Fx',
      lastBuild: { number: 1, state: 'succeeded' },
    });
    expect(branches[4].lastBuild).toBeUndefined();
  });

  it.each([
    ['main', true],
    ['feature%2Fpay', true],
    ['v1..2', true],
    ['..', false],
    ['.', false],
    ['a/../../b', false],
    ['a\\b', false],
    ['', false],
  ])('are named by what leads below their job alone: %j', (branch, isGood) => {
    const place = { cluster: 'kepler', namespace: 'wealth', app: 'order' };
    expect(buildPlaceSchema.safeParse({ ...place, branch }).success).toBe(
      isGood,
    );
  });
});
