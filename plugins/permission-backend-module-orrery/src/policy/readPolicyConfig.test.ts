import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readPolicyConfig } from './readPolicyConfig';

const read = (orrery?: JsonObject) =>
  readPolicyConfig(new ConfigReader(orrery ? { orrery } : {}));

describe('readPolicyConfig', () => {
  it('without a word: no platform team, the guest reads, and one open environment', () => {
    expect(read()).toEqual({
      platformTeams: [],
      readers: ['user:default/guest'],
      openEnvironments: ['production'],
    });
  });

  it('opens the environments that are not protected', () => {
    const environments = [
      { name: 'test', namespaceSuffix: '-test' },
      { name: 'staging', namespaceSuffix: '-staging', protected: false },
      { name: 'production', protected: true },
    ];
    expect(read({ environments }).openEnvironments).toEqual([
      'test',
      'staging',
    ]);
  });

  it('opens nothing where all is protected', () => {
    expect(
      read({ environments: [{ name: 'production', protected: true }] })
        .openEnvironments,
    ).toEqual([]);
  });

  it('compares refs as the catalog does, in lower case', () => {
    const policy = {
      platformTeams: ['Group:default/Platform'],
      readers: ['user:Default/Auditor', 'group:default/visitors'],
    };
    expect(read({ policy })).toMatchObject({
      platformTeams: ['group:default/platform'],
      readers: ['user:default/auditor', 'group:default/visitors'],
    });
  });

  it('has no reader where the list is empty', () => {
    expect(read({ policy: { readers: [] } }).readers).toEqual([]);
  });

  it.each([
    ['platformTeams', 'platform'],
    ['platformTeams', 'group:platform'],
    ['platformTeams', 'component:default/order'],
    ['readers', 'user:default/two words'],
    ['readers', 'user:default/'],
  ])('refuses %s with %j', (key, ref) => {
    const others = ['group:default/engineering'];
    expect(() => read({ policy: { [key]: [...others, ref] } })).toThrow(
      `Configuration orrery.policy.${key}[1]: expected a full entity ref such as group:default/platform, got ${JSON.stringify(
        ref,
      )}`,
    );
  });

  it('refuses environments that cannot be read', () => {
    expect(() => read({ environments: [{ name: 'unassigned' }] })).toThrow(
      /orrery\.environments\[0\]\.name/,
    );
  });
});
