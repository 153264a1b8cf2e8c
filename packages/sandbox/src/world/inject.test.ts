import type { KubernetesObject } from '../kubernetes/store';
import { containerNames, injectMesh, wantsSidecar } from './inject';

const namespace = (labels: Record<string, string>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'wealth', labels },
});

const pod = (labels: Record<string, string> = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'order-1', namespace: 'wealth', labels },
  spec: { containers: [{ name: 'order' }] },
});

describe('wantsSidecar', () => {
  const on = { 'istio-injection': 'enabled' };
  const label = (value: string) => ({ 'sidecar.istio.io/inject': value });
  it.each([
    [on, {}, true],
    [{}, {}, false],
    [on, label('false'), false],
    [{}, label('true'), true],
    [{ 'istio-injection': 'disabled' }, label('true'), false],
  ])('namespace %j, pod %j: %s', (labels, podLabels, expected) => {
    expect(wantsSidecar(labels, podLabels)).toBe(expected);
  });
});

describe('injectMesh', () => {
  it('adds the proxy and what Istio notes on the pod, once', () => {
    const labels = { app: 'order', version: 'v1' };
    const injected = injectMesh(
      pod(labels),
      namespace({ 'istio-injection': 'enabled' }),
    );
    expect(containerNames(injected)).toEqual(['order', 'istio-proxy']);
    expect(injected.metadata.labels).toMatchObject({
      ...labels,
      'service.istio.io/canonical-name': 'order',
      'service.istio.io/canonical-revision': 'v1',
    });
    expect(injected.metadata.annotations).toHaveProperty([
      'sidecar.istio.io/status',
    ]);
    expect(
      injectMesh(injected, namespace({ 'istio-injection': 'enabled' })),
    ).toBe(injected);
  });

  it('marks pods of ambient namespaces', () => {
    const ambient = namespace({ 'istio.io/dataplane-mode': 'ambient' });
    const marked = injectMesh(pod(), ambient);
    expect(containerNames(marked)).toEqual(['order']);
    expect(marked.metadata.annotations).toEqual({
      'ambient.istio.io/redirection': 'enabled',
    });
    const out = pod({ 'istio.io/dataplane-mode': 'none' });
    expect(injectMesh(out, ambient)).toBe(out);
  });

  it('leaves other pods alone', () => {
    const plain = pod();
    expect(injectMesh(plain, namespace({}))).toBe(plain);
    expect(injectMesh(plain, undefined)).toBe(plain);
  });
});
