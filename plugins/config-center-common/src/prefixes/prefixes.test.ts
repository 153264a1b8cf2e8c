import { DEFAULT_NAMING } from '@orrery/backstage-plugin-orrery-common';
import {
  namingProblem,
  ownerOfPrefix,
  policyRulesOf,
  prefixOf,
} from './prefixes';

describe('naming of prefixes', () => {
  const owner = { cluster: 'kepler', namespace: 'wealth-test', app: 'pay-2' };

  it.each([DEFAULT_NAMING.consulPrefix, 'apps/{namespace}/{app}/'])(
    'goes both ways: %s',
    naming => {
      expect(namingProblem(naming)).toBeUndefined();
      const prefix = prefixOf(naming, owner);
      expect(ownerOfPrefix(naming, prefix, 'kepler')).toEqual(owner);
    },
  );

  it.each([
    '{namespace}.{app}',
    '{namespace}/',
    '{namespace}{app}/',
    '{namespace}-{app}/',
    '/{namespace}.{app}/',
    '{namespace}.{app}.{team}/',
    '{system}.{app}/',
    '{app}.{namespace}.{app}/',
  ])('refuses %s', naming => {
    expect(namingProblem(naming)).toContain('{namespace}.{app}/');
  });

  it.each(['shared/', 'wealth/', 'a.b.c/', 'Wealth.payment/', 'vault.d/x/'])(
    'does not take %s for an app’s',
    prefix => {
      expect(
        ownerOfPrefix(DEFAULT_NAMING.consulPrefix, prefix, 'kepler'),
      ).toBeUndefined();
    },
  );

  it('lets an app read what is its own', () => {
    expect(policyRulesOf('wealth.payment/')).toBe(
      'key_prefix "wealth.payment/" {\n  policy = "read"\n}\n',
    );
  });
});
