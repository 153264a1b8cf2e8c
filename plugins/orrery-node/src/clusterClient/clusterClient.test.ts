import { readLines } from './readLines';
import { KubernetesError } from './KubernetesError';
import { objectPath, patchBody, podProxyPath, writeQuery } from './requests';
import { RESOURCE_TYPES } from './resourceTypes';

async function linesOf(...chunks: (string | Uint8Array)[]): Promise<string[]> {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(
          typeof chunk === 'string' ? encoder.encode(chunk) : chunk,
        );
      }
      controller.close();
    },
  });
  const lines: string[] = [];
  for await (const line of readLines(stream)) {
    lines.push(line);
  }
  return lines;
}

describe('readLines', () => {
  it.each([
    ['whole lines', ['a\nb\n'], ['a', 'b']],
    ['a line in pieces', ['{"a', '":1', '}\n{'], ['{"a":1}']],
    ['an end of its own', ['a', '\n', 'b\n'], ['a', 'b']],
    ['empty lines', ['\n\na\n\n'], ['a']],
    ['a cut-off message', ['a\n{"type":"ADD'], ['a']],
    ['nothing', [], []],
  ])('reads %s', async (_what, chunks, lines) => {
    await expect(linesOf(...chunks)).resolves.toEqual(lines);
  });

  it('joins a character that was cut in two', async () => {
    const bytes = new TextEncoder().encode('星\n');
    await expect(linesOf(bytes.slice(0, 2), bytes.slice(2))).resolves.toEqual([
      '星',
    ]);
  });

  it('refuses a line without end', async () => {
    const chunk = 'x'.repeat(8 * 1024 * 1024);
    await expect(linesOf(chunk, chunk, chunk, chunk, 'x')).rejects.toThrow(
      /exceeds 33554432 characters/,
    );
  });
});

describe('KubernetesError', () => {
  it.each([
    [400, 'InputError'],
    [403, 'NotAllowedError'],
    [404, 'NotFoundError'],
    [409, 'ConflictError'],
    [422, 'InputError'],
    [410, 'ServiceUnavailableError'],
    [500, 'ServiceUnavailableError'],
  ])('turns a %s into a %s', (code, name) => {
    const body = JSON.stringify({ reason: 'Because', message: 'No.' });
    expect(KubernetesError.fromBody('kepler', code, body)).toMatchObject({
      name,
      statusCode: code,
      reason: 'Because',
      message: 'No.',
      cluster: 'kepler',
    });
  });

  it.each(['<html>', '', 'null', '[]', '{"reason":1,"message":""}'])(
    'makes do with %j instead of a Status',
    body => {
      const error = KubernetesError.fromBody('kepler', 502, body);
      expect(error.reason).toBe('Unknown');
      expect(error.message).toBe(`Cluster kepler answered 502: ${body}`);
    },
  );

  it('tells what the proxy says of itself, and not its JSON', () => {
    const body = JSON.stringify({
      error: { name: 'Error', message: 'request error; connect ECONNREFUSED' },
    });
    expect(KubernetesError.fromBody('kepler', 500, body).message).toBe(
      'Cluster kepler answered 500: request error; connect ECONNREFUSED',
    );
  });
});

describe('requests', () => {
  it.each([
    [RESOURCE_TYPES.pods, 'wealth', 'a', '/api/v1/namespaces/wealth/pods/a'],
    [RESOURCE_TYPES.pods, undefined, undefined, '/api/v1/pods'],
    [RESOURCE_TYPES.namespaces, 'wealth', 'b', '/api/v1/namespaces/b'],
    [
      RESOURCE_TYPES.virtualServices,
      '../x',
      'a/b',
      '/apis/networking.istio.io/v1/namespaces/..%2Fx/virtualservices/a%2Fb',
    ],
  ])('addresses %j', (type, namespace, name, path) => {
    expect(objectPath(type, namespace, name)).toBe(path);
  });

  it('leads to a port of a pod, whatever the pod is called', () => {
    expect(
      podProxyPath(
        { namespace: 'istio-system', name: 'istiod-1' },
        15014,
        'x/y',
      ),
    ).toBe('/api/v1/namespaces/istio-system/pods/istiod-1:15014/proxy/x/y');
    expect(
      podProxyPath({ namespace: 'a/../b', name: '../secrets' }, 1, 'x'),
    ).toBe('/api/v1/namespaces/a%2F..%2Fb/pods/..%2Fsecrets:1/proxy/x');
  });

  it('writes what a write asks for, and no more', () => {
    expect(writeQuery({}).toString()).toBe('');
    expect(
      writeQuery({ dryRun: true, fieldManager: 'orrery' }).toString(),
    ).toBe('dryRun=All&fieldManager=orrery');
    expect(patchBody({ type: 'json', operations: [] })).toEqual({
      body: [],
      contentType: 'application/json-patch+json',
    });
    expect(
      (['merge', 'strategic'] as const).map(
        type => patchBody({ type, patch: {} }).contentType,
      ),
    ).toEqual([
      'application/merge-patch+json',
      'application/strategic-merge-patch+json',
    ]);
    expect(patchBody({ type: 'apply', object: {} }).contentType).toBe(
      'application/apply-patch+yaml',
    );
  });
});
