import { ConfigReader } from '@backstage/config';
import { readEnvironments } from './readEnvironments';

const read = (environments?: unknown) =>
  readEnvironments(
    new ConfigReader({
      orrery: environments === undefined ? {} : { environments },
    } as ConstructorParameters<typeof ConfigReader>[0]),
  );

describe('readEnvironments', () => {
  it('is empty where nothing is said', () => {
    expect(read()).toEqual([]);
    expect(read([])).toEqual([]);
  });

  it('takes any namespace of any cluster, unprotected, by default', () => {
    expect(read([{ name: 'production' }])).toEqual([
      {
        name: 'production',
        title: 'production',
        namespaceSuffix: '',
        clusters: undefined,
        protected: false,
      },
    ]);
  });

  it('reads all there is, in the order of the file', () => {
    expect(
      read([
        {
          name: 'test',
          title: 'Test',
          namespaceSuffix: '-test',
          clusters: ['kepler', 'hubble'],
        },
        { name: 'production', namespaceSuffix: '', protected: true },
      ]),
    ).toEqual([
      {
        name: 'test',
        title: 'Test',
        namespaceSuffix: '-test',
        clusters: ['kepler', 'hubble'],
        protected: false,
      },
      {
        name: 'production',
        title: 'production',
        namespaceSuffix: '',
        clusters: undefined,
        protected: true,
      },
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    ['no name', [{ title: 'Test' }], /orrery\.environments\[0\]\.name/],
    [
      'a name twice',
      [{ name: 'test' }, { name: 'test' }],
      /orrery\.environments\[1\]\.name: expected a name that no other environment has.*got "test"/,
    ],
    [
      'the name of what is in none',
      [{ name: 'unassigned' }],
      /orrery\.environments\[0\]\.name: .*not unassigned/,
    ],
    [
      'a suffix that no namespace can end with',
      [{ name: 'test', namespaceSuffix: '.Test' }],
      /orrery\.environments\[0\]\.namespaceSuffix: expected the end of a namespace.*got "\.Test"/,
    ],
    [
      'a suffix that is a number',
      [{ name: 'test', namespaceSuffix: 7 }],
      /orrery\.environments\[0\]\.namespaceSuffix: .*got 7/,
    ],
    [
      'a sentence for whether it is protected',
      [{ name: 'test', protected: 'a little' }],
      /protected/,
    ],
    [
      'one cluster that is no list',
      [{ name: 'test', clusters: 7 }],
      /clusters/,
    ],
    ['something that is no list', { name: 'test' }, /orrery\.environments/],
  ])('refuses %s', (_what, environments, message) => {
    expect(() => read(environments)).toThrow(message);
  });
});
