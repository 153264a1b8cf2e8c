import type { Owners } from './OwnerIndex';
import { resolveTarget } from './resolveTarget';

const ENVIRONMENTS = [
  { name: 'test', title: 'Test', namespaceSuffix: '-test', protected: false },
  {
    name: 'production',
    title: 'Production',
    namespaceSuffix: '',
    protected: true,
  },
];

const OWNERS: Owners = {
  revision: 1,
  ofApp: () => [],
  ofNamespace: () => [],
  ofSystem: namespace =>
    namespace === 'wealth'
      ? {
          owners: ['group:default/customer'],
          entityRef: 'system:default/wealth',
        }
      : { owners: [] },
  ofObject: ({ namespace, name }) =>
    namespace === 'wealth' && name.startsWith('payment')
      ? {
          owners: ['group:default/payments'],
          entityRef: 'component:default/payment',
        }
      : { owners: [] },
};

describe('resolveTarget', () => {
  it.each([
    ['k/wealth/Deployment/payment', 'production', 'payments'],
    ['k/wealth-test/Deployment/payment-v2', 'test', 'payments'],
    ['k/wealth', 'production', 'customer'],
    ['k/wealth-test', 'test', 'customer'],
    // Nobody's yet.
    ['k/wealth-test/service/coupon', 'test', 'customer'],
    ['k/wealth/Deployment/coupon', 'production', 'customer'],
  ])('%s is in %s and belongs to %s', (ref, environment, owner) => {
    expect(resolveTarget(ref, ENVIRONMENTS, OWNERS)).toMatchObject({
      environment,
      owners: [`group:default/${owner}`],
    });
  });

  it('says that no component claims it, and that nobody owns it', () => {
    const unclaimed = resolveTarget(
      'k/wealth/service/coupon',
      ENVIRONMENTS,
      OWNERS,
    );
    expect(unclaimed.entityRef).toBeUndefined();
    expect(
      resolveTarget('k/loan/service/coupon', ENVIRONMENTS, OWNERS).owners,
    ).toEqual([]);
  });
});
