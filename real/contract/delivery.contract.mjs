import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  admin,
  created,
  deployment,
  makeNamespace,
  merge,
  strategic,
  uniqueName,
} from './support.mjs';

const dryRun = '?dryRun=All';

function template(app, tag) {
  return {
    metadata: { labels: { app } },
    spec: { containers: [{ name: 'app', image: `example.org/app:${tag}` }] },
  };
}

function rollout(name) {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: name } },
      template: template(name, '1'),
      strategy: {
        canary: {
          steps: [{ setWeight: 20 }, { pause: {} }, { setWeight: 60 }],
        },
      },
    },
  };
}

function canary(name) {
  return {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    metadata: { name },
    spec: {
      provider: 'istio',
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      service: { port: 80 },
      analysis: {
        interval: '30s',
        threshold: 2,
        maxWeight: 50,
        stepWeight: 10,
        metrics: [
          {
            name: 'request-success-rate',
            interval: '1m',
            thresholdRange: { min: 99 },
          },
        ],
        webhooks: [
          {
            name: 'gate',
            type: 'confirm-promotion',
            url: 'http://127.0.0.1:7007/gate',
            timeout: '5s',
          },
        ],
      },
    },
  };
}

async function patch(path, body, type = merge) {
  const answer = await admin.request('PATCH', path, { body, type });
  assert.equal(answer.code, 200, JSON.stringify(answer.body));
  return answer.body;
}

async function read(path) {
  return (await admin.request('GET', path)).body;
}

describe('deploying', () => {
  let apps;

  before(async () => {
    apps = `/apis/apps/v1/namespaces/${await makeNamespace()}`;
  });

  async function deployed(spec) {
    const name = uniqueName('deploy');
    await created(`${apps}/deployments`, deployment(name, spec));
    return `${apps}/deployments/${name}`;
  }

  const image = tag => ({
    spec: {
      template: {
        spec: {
          containers: [{ name: 'app', image: `example.org/app:${tag}` }],
        },
      },
    },
  });

  it('sets an image by the name of its container and keeps the rest', async () => {
    const path = await deployed();
    const changed = await patch(path, image('2'), strategic);
    assert.equal(changed.metadata.generation, 2);
    const [container] = changed.spec.template.spec.containers;
    assert.equal(container.image, 'example.org/app:2');
    assert.deepEqual(container.env, [{ name: 'A', value: '1' }]);
  });

  it('previews without a change', async () => {
    const path = await deployed();
    const preview = await patch(`${path}${dryRun}`, image('2'), strategic);
    const [container] = preview.spec.template.spec.containers;
    assert.equal(container.image, 'example.org/app:2');
    const kept = (await read(path)).spec.template.spec.containers[0];
    assert.equal(kept.image, 'example.org/app:1');
  });

  it('refuses a change of what somebody else has changed since', async () => {
    const path = await deployed();
    const { metadata } = await read(path);
    await patch(path, image('2'), strategic);
    const late = await admin.request('PATCH', path, {
      body: {
        ...image('3'),
        metadata: { resourceVersion: metadata.resourceVersion },
      },
      type: strategic,
    });
    assert.equal(late.code, 409);
    assert.equal(late.body.reason, 'Conflict');
  });

  it('scales over the subresource alone', async () => {
    const path = await deployed();
    const scale = await patch(`${path}/scale`, { spec: { replicas: 4 } });
    assert.equal(scale.kind, 'Scale');
    assert.equal(scale.spec.replicas, 4);
    assert.equal((await read(path)).spec.replicas, 4);
    const refused = await admin.request('PATCH', `${path}/scale`, {
      body: { spec: { replicas: -1 } },
      type: merge,
    });
    assert.equal(refused.code, 422);
  });

  it('restarts by an annotation of the template', async () => {
    const path = await deployed();
    const annotations = {
      'kubectl.kubernetes.io/restartedAt': '2026-11-01T12:00:00Z',
    };
    const changed = await patch(
      path,
      { spec: { template: { metadata: { annotations } } } },
      strategic,
    );
    assert.deepEqual(changed.spec.template.metadata.annotations, annotations);
    assert.equal(changed.metadata.generation, 2);
  });

  it('pauses and resumes', async () => {
    const path = await deployed();
    const paused = await patch(path, { spec: { paused: true } }, strategic);
    assert.equal(paused.spec.paused, true);
    const resumed = await patch(path, { spec: { paused: null } }, strategic);
    assert.equal(resumed.spec.paused, undefined);
  });

  it('rolls back by a copy of a ReplicaSet’s template', async () => {
    const path = await deployed();
    const name = uniqueName('set');
    const old = template(name, '0');
    const labels = { app: name, 'pod-template-hash': 'abc' };
    const set = await created(`${apps}/replicasets`, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name, labels },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { ...old, metadata: { labels } },
      },
    });
    const copy = structuredClone((set.body ?? set).spec.template);
    const app = (await read(path)).spec.selector.matchLabels.app;
    copy.metadata.labels = { app };
    const answer = await admin.request('PATCH', path, {
      body: [{ op: 'replace', path: '/spec/template', value: copy }],
      type: 'application/json-patch+json',
    });
    assert.equal(answer.code, 200, JSON.stringify(answer.body));
    const [container] = answer.body.spec.template.spec.containers;
    assert.equal(container.image, 'example.org/app:0');
    assert.equal(container.env, undefined);
  });
});

async function isServed(path) {
  return (await admin.request('GET', path)).code === 200;
}

describe('Rollouts', () => {
  let at;
  let served;

  before(async () => {
    const namespace = await makeNamespace();
    served = await isServed('/apis/argoproj.io/v1alpha1/rollouts');
    at = `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/rollouts`;
  });

  async function rolled() {
    const name = uniqueName('rollout');
    await created(at, rollout(name));
    return `${at}/${name}`;
  }

  const unserved = 'Argo Rollouts’ definitions are not loaded';

  it('take status patches at /status alone', async t => {
    if (!served) return t.skip(unserved);
    const path = await rolled();
    const pauseConditions = [
      { reason: 'CanaryPauseStep', startTime: '2026-11-01T12:00:00Z' },
    ];
    const paused = await patch(`${path}/status`, {
      status: { pauseConditions, controllerPause: true, currentStepIndex: 1 },
    });
    assert.deepEqual(paused.status.pauseConditions, pauseConditions);
    assert.equal(paused.metadata.generation, 1);
    await patch(path, { status: { currentStepIndex: 2 } });
    assert.equal((await read(path)).status.currentStepIndex, 1);
    const promoted = await patch(`${path}/status`, {
      status: { pauseConditions: null },
    });
    assert.equal(promoted.status.pauseConditions, undefined);
    assert.equal(promoted.status.controllerPause, true);
    return undefined;
  });

  it('are skipped, aborted, retried and promoted by their status', async t => {
    if (!served) return t.skip(unserved);
    const path = `${await rolled()}/status`;
    const after = async status => (await patch(path, { status })).status;
    assert.equal((await after({ currentStepIndex: 2 })).currentStepIndex, 2);
    assert.equal((await after({ abort: true })).abort, true);
    assert.equal((await after({ abort: false })).abort, false);
    assert.equal((await after({ promoteFull: true })).promoteFull, true);
    return undefined;
  });

  it('are paused, restarted, scaled and given an image by their spec', async t => {
    if (!served) return t.skip(unserved);
    const path = await rolled();
    const paused = await patch(path, { spec: { paused: true } });
    assert.equal(paused.metadata.generation, 2);
    const restartAt = '2026-11-01T12:00:00Z';
    const restarted = await patch(path, { spec: { restartAt } });
    assert.equal(restarted.spec.restartAt, restartAt);
    const scaled = await patch(`${path}/scale`, { spec: { replicas: 5 } });
    assert.equal(scaled.spec.replicas, 5);
    assert.equal((await read(path)).spec.replicas, 5);
    const { spec } = template('x', '2');
    const changed = await patch(path, { spec: { template: { spec } } });
    const [container] = changed.spec.template.spec.containers;
    assert.equal(container.image, 'example.org/app:2');
    return undefined;
  });

  it('know no strategic merge, and check types', async t => {
    if (!served) return t.skip(unserved);
    const path = await rolled();
    const asStrategic = await admin.request('PATCH', path, {
      body: { spec: { replicas: 1 } },
      type: strategic,
    });
    assert.equal(asStrategic.code, 415);
    const wrong = await admin.request('PATCH', path, {
      body: { spec: { replicas: 'many' } },
      type: merge,
    });
    assert.equal(wrong.code, 422);
    return undefined;
  });
});

describe('Canaries', () => {
  let at;
  let served;

  before(async () => {
    const namespace = await makeNamespace();
    served = await isServed('/apis/flagger.app/v1beta1/canaries');
    at = `/apis/flagger.app/v1beta1/namespaces/${namespace}/canaries`;
  });

  async function made() {
    const name = uniqueName('canary');
    await created(at, canary(name));
    return `${at}/${name}`;
  }

  const unserved = 'Flagger’s definitions are not loaded';

  it('are suspended and made to skip their analysis by their spec', async t => {
    if (!served) return t.skip(unserved);
    const path = await made();
    const suspended = await patch(path, { spec: { suspend: true } });
    assert.equal(suspended.spec.suspend, true);
    const skipping = await patch(path, {
      spec: { suspend: null, skipAnalysis: true },
    });
    assert.equal(skipping.spec.suspend, undefined);
    assert.equal(skipping.spec.skipAnalysis, true);
    assert.equal(skipping.metadata.generation, 3);
    return undefined;
  });

  it('keep their status apart', async t => {
    if (!served) return t.skip(unserved);
    const path = await made();
    const status = {
      phase: 'Progressing',
      canaryWeight: 10,
      failedChecks: 1,
      iterations: 0,
    };
    const progressing = await patch(`${path}/status`, { status });
    assert.equal(progressing.status.canaryWeight, 10);
    assert.equal(progressing.metadata.generation, 1);
    await patch(path, { status: { phase: 'Failed' } });
    assert.equal((await read(path)).status.phase, 'Progressing');
    return undefined;
  });

  it('refuse what is no interval and no type of webhook', async t => {
    if (!served) return t.skip(unserved);
    const path = await made();
    for (const analysis of [
      { interval: 'soon' },
      { webhooks: [{ name: 'a', url: 'http://x', type: 'maybe' }] },
    ]) {
      const answer = await admin.request('PATCH', path, {
        body: { spec: { analysis } },
        type: merge,
      });
      assert.equal(answer.code, 422, JSON.stringify(analysis));
    }
    return undefined;
  });
});

describe('HTTPRoutes', () => {
  let at;
  let served;

  before(async () => {
    const namespace = await makeNamespace();
    served = await isServed('/apis/gateway.networking.k8s.io/v1/httproutes');
    at = `/apis/gateway.networking.k8s.io/v1/namespaces/${namespace}/httproutes`;
  });

  async function made(rules) {
    const name = uniqueName('route');
    await created(at, {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name },
      spec: {
        parentRefs: [{ group: '', kind: 'Service', name: 'payment' }],
        rules,
      },
    });
    return `${at}/${name}`;
  }

  const unserved = 'the definitions of the Gateway API are not loaded';
  const everyPath = [{ path: { type: 'PathPrefix', value: '/' } }];
  const service = name => ({ group: '', kind: 'Service', name, port: 80 });

  it('fill in what a rule leaves out', async t => {
    if (!served) return t.skip(unserved);
    const path = await made([{ backendRefs: [{ name: 'payment', port: 80 }] }]);
    assert.deepEqual((await read(path)).spec.rules, [
      {
        matches: everyPath,
        backendRefs: [{ ...service('payment'), weight: 1 }],
      },
    ]);
    return undefined;
  });

  it('take weights, the same again without a change of generation', async t => {
    if (!served) return t.skip(unserved);
    const path = await made([{ backendRefs: [{ name: 'payment', port: 80 }] }]);
    const rules = weight => [
      {
        matches: everyPath,
        backendRefs: [
          { name: 'payment-stable', port: 80, weight: 100 - weight },
          { name: 'payment-canary', port: 80, weight },
        ],
      },
    ];
    const shared = await patch(path, { spec: { rules: rules(30) } });
    assert.deepEqual(shared.spec.rules[0].backendRefs, [
      { ...service('payment-stable'), weight: 70 },
      { ...service('payment-canary'), weight: 30 },
    ]);
    assert.equal(shared.metadata.generation, 2);
    const again = await patch(path, { spec: { rules: rules(30) } });
    assert.equal(again.metadata.generation, 2);
    assert.equal(
      again.metadata.resourceVersion,
      shared.metadata.resourceVersion,
    );
    return undefined;
  });

  it('refuse to be replaced by what is based on an older version', async t => {
    if (!served) return t.skip(unserved);
    const path = await made([{ backendRefs: [{ name: 'payment', port: 80 }] }]);
    const seen = await read(path);
    await patch(path, { metadata: { labels: { team: 'payments' } } });
    const stale = await admin.request('PUT', path, { body: seen });
    assert.equal(stale.code, 409);
    const fresh = await admin.request('PUT', path, { body: await read(path) });
    assert.equal(fresh.code, 200);
    return undefined;
  });

  it('keep their status when they are replaced', async t => {
    if (!served) return t.skip(unserved);
    const path = await made([{ backendRefs: [{ name: 'payment', port: 80 }] }]);
    const parents = [
      {
        parentRef: { group: '', kind: 'Service', name: 'payment' },
        controllerName: 'example.org/controller',
        conditions: [],
      },
    ];
    const answer = await admin.request('PUT', path, {
      body: { ...(await read(path)), status: { parents } },
    });
    assert.equal(answer.code, 200);
    const kept = (await read(path)).status?.parents ?? [];
    assert.ok(
      kept.every(({ controllerName }) => !controllerName.startsWith('example')),
    );
    return undefined;
  });

  it('refuse weights, matches and filters that there are not, and more than 16 rules', async t => {
    if (!served) return t.skip(unserved);
    const path = await made([{ backendRefs: [{ name: 'payment', port: 80 }] }]);
    const backendRefs = [{ name: 'payment', port: 80 }];
    for (const rules of [
      new Array(17).fill({ backendRefs }),
      ...[
        { backendRefs: [{ name: 'payment', port: 80, weight: -1 }] },
        {
          backendRefs,
          matches: [{ headers: [{ type: 'Prefix', name: 'x', value: 'y' }] }],
        },
        { backendRefs, filters: [{ type: 'RequestCopy' }] },
      ].map(rule => [rule]),
    ]) {
      const answer = await admin.request('PATCH', `${path}${dryRun}`, {
        body: { spec: { rules } },
        type: merge,
      });
      assert.equal(answer.code, 422, JSON.stringify(rules));
    }
    return undefined;
  });

  it('keep a rule for a header, and where a copy goes', async t => {
    if (!served) return t.skip(unserved);
    const path = await made([
      {
        matches: [{ headers: [{ name: 'x-beta', value: 'yes' }] }],
        backendRefs: [{ name: 'payment-canary', port: 80 }],
      },
      {
        filters: [
          {
            type: 'RequestMirror',
            requestMirror: {
              backendRef: { name: 'payment-canary', port: 80 },
              percent: 20,
            },
          },
        ],
        backendRefs: [{ name: 'payment', port: 80 }],
      },
    ]);
    const [audience, rest] = (await read(path)).spec.rules;
    assert.deepEqual(audience.matches, [
      {
        headers: [{ type: 'Exact', name: 'x-beta', value: 'yes' }],
        path: { type: 'PathPrefix', value: '/' },
      },
    ]);
    assert.deepEqual(rest.filters, [
      {
        type: 'RequestMirror',
        requestMirror: { backendRef: service('payment-canary'), percent: 20 },
      },
    ]);
    return undefined;
  });
});
