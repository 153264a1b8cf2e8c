import fc from 'fast-check';
import {
  chooseContainer,
  mergePatchBetween,
  parseQuantity,
  restartPods,
  setEnvironment,
  setImage,
  setPaused,
  setProbes,
  setResources,
  setTemplate,
  type Editable,
} from '.';

function workload(
  labels: object = {},
  selector: object = { app: 'pay' },
): Editable {
  return {
    metadata: { name: 'pay' },
    unknownField: 1,
    spec: {
      selector: { matchLabels: selector },
      template: {
        metadata: { labels: { app: 'pay', ...labels } },
        spec: {
          serviceAccountName: 'pay',
          containers: [
            { name: 'istio-proxy', image: 'proxy:1' },
            {
              name: 'app',
              image: 'pay:1',
              env: [
                { name: 'A', value: '1' },
                { name: 'B', valueFrom: { secretKeyRef: { name: 's' } } },
              ],
            },
          ],
        },
      },
    },
  };
}

const templateIn = (object: Editable) =>
  Reflect.get(Object(object.spec), 'template');

/** RFC 7396 as it is written there. */
function applyPatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    return patch;
  }
  const isObject =
    typeof target === 'object' && target !== null && !Array.isArray(target);
  const result: Record<string, unknown> = isObject ? { ...target } : {};
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[field];
    } else {
      result[field] = applyPatch(result[field], value);
    }
  }
  return result;
}

describe('mergePatchBetween', () => {
  /** Merge patches cannot say null, and objects of servers hold none. */
  const value = fc.letrec(tie => ({
    leaf: fc.oneof(fc.string(), fc.integer(), fc.boolean()),
    list: fc.array(tie('leaf'), { maxLength: 3 }),
    object: fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.oneof({ maxDepth: 3 }, tie('leaf'), tie('list'), tie('object')),
      { noNullPrototype: true },
    ),
  })).object;

  it('makes one object the other, and nothing of equal ones', () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        const patch = mergePatchBetween(before, after);
        expect(applyPatch(before, patch ?? {})).toEqual(after);
        expect(mergePatchBetween(after, after)).toBeUndefined();
      }),
    );
  });
});

describe('setImage', () => {
  it.each([
    [{}, { app: 'pay' }, { version: '2.0' }],
    [{ version: '1' }, { app: 'pay' }, { version: '2.0' }],
    [{ version: '1' }, { app: 'pay', version: '1' }, { version: '1' }],
    [
      { 'app.kubernetes.io/version': '1' },
      { app: 'pay' },
      { 'app.kubernetes.io/version': '2.0' },
    ],
  ])('of pods with %j selected by %j leaves %j', (labels, selector, after) => {
    const edited = setImage(workload(labels, selector), { image: 'pay:2.0' });
    expect(templateIn(edited).metadata.labels).toEqual({
      app: 'pay',
      ...after,
    });
    expect(templateIn(edited).spec.containers).toEqual([
      { name: 'istio-proxy', image: 'proxy:1' },
      expect.objectContaining({ name: 'app', image: 'pay:2.0' }),
    ]);
    expect(edited).toMatchObject({ unknownField: 1 });
  });

  it.each([
    'a/b:1',
    'registry.example:5000/a/b_c-d:v1.2-rc.1',
    `a@sha256:${'0'.repeat(64)}`,
  ])('takes %s', image => {
    expect(chooseContainer(setImage(workload(), { image }), 'app').image).toBe(
      image,
    );
  });

  it.each(['A/b:1', 'a b', 'a@sha256:0', 'https://a/b', ''])(
    'refuses %j',
    image => {
      expect(() => setImage(workload(), { image })).toThrow(
        /^image: expected an image such as/,
      );
    },
  );

  it('reaches into CronJobs', () => {
    const { spec } = workload();
    const cronJob = { metadata: {}, spec: { jobTemplate: { spec } } };
    const edited = setImage(cronJob, { container: 'app', image: 'pay:2' });
    expect(JSON.stringify(edited)).toContain('pay:2');
    expect(chooseContainer(edited, undefined).image).toBe('pay:2');
  });
});

describe('other edits', () => {
  it('name the containers that there are', () => {
    expect(() => setResources(workload(), { container: 'web' })).toThrow(
      /^container: expected one of istio-proxy, app, got "web"/,
    );
    const none: Editable = { metadata: {}, spec: {} };
    expect(() => setImage(none, { image: 'a' })).toThrow(/^container: /);
  });

  it('leave references and other probes alone', () => {
    expect(() =>
      setEnvironment(workload(), { set: [{ name: 'B', value: 'x' }] }),
    ).toThrow(/^set: .*comes from a reference/);
    const both = setProbes(workload(), {
      liveness: { tcpSocket: { port: 1 } },
      readiness: { tcpSocket: { port: 2 } },
    });
    const one = setProbes(both, { remove: ['readiness'] });
    expect(chooseContainer(one, 'app')).toMatchObject({
      livenessProbe: { tcpSocket: { port: 1 } },
    });
    expect(chooseContainer(one, 'app')).not.toHaveProperty('readinessProbe');
    expect(() =>
      setProbes(both, {
        liveness: { tcpSocket: { port: 1 } },
        remove: ['liveness'],
      }),
    ).toThrow(/^remove: /);
  });

  it('take templates of old revisions without their hash', () => {
    const old = {
      $patch: 'replace',
      metadata: { labels: { app: 'pay', 'pod-template-hash': 'x' } },
      spec: { containers: [] },
    };
    expect(templateIn(setTemplate(workload(), old))).toEqual({
      metadata: { labels: { app: 'pay' } },
      spec: { containers: [] },
    });
  });

  it('restart and pause each kind in its own way', () => {
    const at = '2026-11-26T12:00:00Z';
    expect(restartPods('Rollout', workload(), at).spec).toMatchObject({
      restartAt: at,
    });
    expect(
      templateIn(restartPods('Deployment', workload(), at)).metadata
        .annotations,
    ).toEqual({ 'kubectl.kubernetes.io/restartedAt': at });
    expect(setPaused('CronJob', workload(), true).spec).toMatchObject({
      suspend: true,
    });
    expect(setPaused('Deployment', workload(), true).spec).toMatchObject({
      paused: true,
    });
  });
});

describe('parseQuantity', () => {
  it.each([
    ['250m', 0.25],
    ['1.5', 1.5],
    ['2Gi', 2 ** 31],
    ['100M', 1e8],
  ])('reads %s', (text, value) => {
    expect(parseQuantity('cpu', text)).toBe(value);
  });

  it.each(['', '-1', '1 core', '1GB', 'NaN'])('refuses %j', text => {
    expect(() => parseQuantity('requests.cpu', text)).toThrow(
      /^requests.cpu: expected a quantity/,
    );
  });
});
