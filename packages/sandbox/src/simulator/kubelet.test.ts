import type { KubernetesObject } from '../kubernetes/store';
import { defaultWorld } from '../world/default';
import { Effects } from './flow/effects';
import { imageExists, podHealth } from './kubelet';

const pod = (image: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'scoring-v2-1',
    namespace: 'loan',
    labels: { app: 'scoring', version: 'v2' },
  },
  spec: { containers: [{ name: 'scoring', image }] },
});

describe('podHealth', () => {
  it('is bad while an incident lasts, and for images that say so', () => {
    const effects = new Effects();
    expect(podHealth(pod('scoring:2.0.0'), effects)).toBe('healthy');
    effects.setCrashing('loan/scoring@v2', true);
    expect(podHealth(pod('scoring:2.0.0'), effects)).toBe('crashing');
    effects.setCrashing('loan/scoring@v2', false);
    expect(podHealth(pod('scoring:2.1.0-crash'), effects)).toBe('crashing');
  });
});

describe('imageExists', () => {
  it.each([
    ['registry.kepler.example/wealth/payment:9.9.9', true],
    ['registry.kepler.example/wealth/payment@sha256:abc', true],
    ['registry.kepler.example/wealth/paymnet:2.0.0', false],
    ['docker.io/library/nginx:1.27', true],
  ])('%s: %s', (image, expected) => {
    expect(imageExists(defaultWorld, image)).toBe(expected);
  });
});
