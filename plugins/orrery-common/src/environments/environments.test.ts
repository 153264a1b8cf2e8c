import fc from 'fast-check';
import { baseNamespaceOf, environmentOf, type Environment } from '.';

const environment = (
  name: string,
  namespaceSuffix: string,
  more: Partial<Environment> = {},
): Environment => ({
  name,
  title: name,
  namespaceSuffix,
  protected: false,
  ...more,
});

const ENVIRONMENTS = [
  environment('test', '-test'),
  environment('load', '-load-test'),
  environment('edge', '-edge', { clusters: ['kepler-bj'] }),
  environment('production', '', { protected: true, clusters: ['kepler-sh'] }),
];

describe('environmentOf', () => {
  it.each([
    ['kepler-sh', 'wealth', 'production', 'wealth'],
    ['kepler-sh', 'wealth-test', 'test', 'wealth'],
    ['kepler-sh', 'wealth-load-test', 'load', 'wealth'],
    ['kepler-sh', 'contest', 'production', 'contest'],
    ['kepler-sh', '-test', 'production', '-test'],
    ['kepler-sh', 'wealth-edge', 'production', 'wealth-edge'],
    ['kepler-bj', 'wealth-edge', 'edge', 'wealth'],
    ['kepler-bj', 'wealth', 'unassigned', 'wealth'],
  ])('of %s/%s is %s', (cluster, namespace, name, base) => {
    expect(environmentOf(ENVIRONMENTS, cluster, namespace).name).toBe(name);
    expect(baseNamespaceOf(ENVIRONMENTS, cluster, namespace)).toBe(base);
  });

  it('is an unprotected production where nothing is configured', () => {
    expect(environmentOf([], 'kepler-sh', 'wealth-test')).toMatchObject({
      name: 'production',
      protected: false,
    });
    expect(baseNamespaceOf([], 'kepler-sh', 'wealth-test')).toBe('wealth-test');
  });

  it('protects what belongs to none', () => {
    expect(environmentOf(ENVIRONMENTS, 'x', 'wealth').protected).toBe(true);
  });

  it('never makes an empty or longer name of a namespace', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (name, suffix) => {
        const base = baseNamespaceOf([environment('a', suffix)], 'c', name);
        expect(base.length).toBeGreaterThan(0);
        expect(name.startsWith(base)).toBe(true);
      }),
    );
  });
});
