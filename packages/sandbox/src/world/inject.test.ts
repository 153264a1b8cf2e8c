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
    [{ 'istio.io/rev': '1-29-1' }, {}, true],
    [{ 'istio.io/rev': '1-29-1' }, label('false'), false],
    [{ 'istio.io/rev': '0-9-0' }, {}, false],
    [{}, { 'istio.io/rev': '1-29-1' }, true],
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

  it.each([
    [{ 'istio-injection': 'enabled' }, 'default', '1.28.3'],
    [{ 'istio.io/rev': '1-29-1' }, '1-29-1', '1.29.1'],
  ])('uses the revision that %j asks for', (labels, revision, version) => {
    const { metadata, spec } = injectMesh(pod(), namespace(labels));
    expect(metadata.labels?.['istio.io/rev']).toBe(revision);
    expect(metadata.annotations?.['istio.io/rev']).toBe(revision);
    expect(
      JSON.parse(metadata.annotations?.['sidecar.istio.io/status'] ?? ''),
    ).toMatchObject({ revision });
    expect(spec?.containers).toContainEqual(
      expect.objectContaining({ image: `docker.io/istio/proxyv2:${version}` }),
    );
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
