import { managedBy } from '.';

describe('managedBy', () => {
  it.each([
    [
      'argocd',
      'shop',
      {
        annotations: {
          'argocd.argoproj.io/tracking-id':
            'shop:apps/Deployment:wealth/payment',
        },
      },
    ],
    ['argocd', 'shop', { labels: { 'argocd.argoproj.io/instance': 'shop' } }],
    [
      'flux',
      'apps',
      { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } },
    ],
    [
      'flux',
      'pay',
      {
        labels: {
          'helm.toolkit.fluxcd.io/name': 'pay',
          'app.kubernetes.io/managed-by': 'Helm',
        },
      },
    ],
    ['helm', 'pay', { annotations: { 'meta.helm.sh/release-name': 'pay' } }],
    [
      'helm',
      'pay',
      {
        labels: {
          'app.kubernetes.io/managed-by': 'Helm',
          'app.kubernetes.io/instance': 'pay',
        },
      },
    ],
    [
      'controller',
      'Kafka/events',
      {
        ownerReferences: [{ kind: 'Kafka', name: 'events', controller: true }],
      },
    ],
    ['hand', undefined, { labels: { app: 'payment' } }],
  ])('is %s (%s) for %j', (by, name, metadata) => {
    expect(managedBy({ name: 'payment', ...metadata })).toMatchObject({
      by,
      ...(name && { name }),
    });
  });

  it('knows Flagger’s primaries', () => {
    expect(managedBy({ name: 'payment-primary' }, 'payment').by).toBe(
      'flagger',
    );
  });
});
