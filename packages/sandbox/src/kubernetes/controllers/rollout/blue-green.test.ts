import { asObject, asTexts, type JsonObject } from '../../values';
import { createTestCluster } from '../../testing/cluster';
import { patched, podTemplate, sampleRollout } from '../../testing/rollout';

const rollouts = 'rollouts.argoproj.io';

function start(more: JsonObject = {}) {
  const cluster = createTestCluster();
  const { store, run } = cluster;
  for (const name of ['active', 'preview']) {
    store.put('services', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'default' },
      spec: { selector: { app: 'shop' }, ports: [{ port: 80 }] },
    });
  }
  store.put(
    rollouts,
    sampleRollout({
      blueGreen: {
        activeService: 'active',
        previewService: 'preview',
        ...more,
      },
    }),
  );
  run(6);
  const patch = (part: 'spec' | 'status', fields: JsonObject) => {
    const found = store.get(rollouts, 'default', 'shop');
    if (found) store.put(rollouts, patched(found, part, fields));
    run(8);
  };
  return {
    ...cluster,
    patch,
    release: (tag: string) =>
      patch('spec', {
        template: podTemplate('shop', `example.org/app:${tag}`),
      }),
    status: () => asObject(store.get(rollouts, 'default', 'shop')?.status),
    hash: (service: string) =>
      asTexts(store.get('services', 'default', service)?.spec?.selector)[
        'rollouts-pod-template-hash'
      ],
    sizes: () =>
      store
        .list('replicasets.apps')
        .map(set => set.spec?.replicas)
        .sort(),
  };
}

describe('blue-green Rollouts', () => {
  it('switch by themselves once the new pods are available', () => {
    const { status, hash, release, sizes, run } = start();
    expect(status()).toMatchObject({ phase: 'Healthy' });
    expect(hash('active')).toBe(status().currentPodHash);
    release('2');
    expect(status()).toMatchObject({ phase: 'Healthy' });
    expect(hash('active')).toBe(status().currentPodHash);
    expect(sizes()).toEqual([4, 4]);
    run(35);
    expect(sizes()).toEqual([0, 4]);
  });

  it('wait to be promoted', () => {
    const { status, hash, release, patch } = start({
      autoPromotionEnabled: false,
    });
    release('2');
    expect(status()).toMatchObject({
      phase: 'Paused',
      message: 'BlueGreenPause',
      blueGreen: { activeSelector: status().stableRS },
    });
    expect(hash('preview')).toBe(status().currentPodHash);
    patch('status', { pauseConditions: null });
    expect(status()).toMatchObject({ phase: 'Healthy' });
    expect(hash('active')).toBe(status().currentPodHash);
  });

  it('promote after their time', () => {
    const { status, release, run } = start({ autoPromotionSeconds: 20 });
    release('2');
    expect(status().phase).toBe('Paused');
    run(20);
    expect(status().phase).toBe('Healthy');
  });

  it('stay at the old version when aborted', () => {
    const { status, hash, release, patch } = start({
      autoPromotionEnabled: false,
    });
    release('2');
    patch('status', { abort: true });
    expect(status()).toMatchObject({ phase: 'Degraded', abort: true });
    expect(hash('active')).toBe(status().stableRS);
  });
});
