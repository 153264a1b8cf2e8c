import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { startMortalBackend } from './backend.mjs';
import { portalOf } from './portal.mjs';

/**
 * The backend dies in every step of a template, and everything is there once
 * at the end, or not at all.
 */
const NAMESPACE = 'wealth-test';
const SYSTEM = 'wealth';
const CLUSTER = 'kepler-sh';

/** A step that begins, or a line that it tells. */
const MOMENTS = [
  ['registry'],
  ['config'],
  ['build', /Waiting: /],
  ['build', /Build \d+: /],
  ['deploy'],
  ['expose'],
  ['dashboard'],
  ['alarms'],
  ['register'],
];

const ALL = {
  projects: 1,
  jobs: 1,
  builds: 1,
  Deployment: 1,
  Service: 1,
  ServiceAccount: 1,
  VirtualService: 1,
  DestinationRule: 1,
  PrometheusRule: 1,
  keys: 2,
  dashboards: 1,
  locations: 1,
};
const NONE = Object.fromEntries(Object.keys(ALL).map(name => [name, 0]));

describe('a backend that dies', { timeout: 900_000 }, () => {
  let backend;
  let portal;

  before(async () => {
    backend = await startMortalBackend();
    await backend.start();
    await backend.ready();
    portal = portalOf(backend, 'chen');
  });
  after(() => backend?.stop());

  const make = app =>
    portal.run('new-node-service', {
      name: app,
      description: 'Dies and lives on',
      owner: 'group:default/customer',
      repository: {
        host: new URL(backend.sandboxUrl).host.replace(
          '127.0.0.1',
          'localhost',
        ),
        group: SYSTEM,
      },
      place: { cluster: CLUSTER, namespace: NAMESPACE },
      host: `${app}.${NAMESPACE}.kepler.example`,
      gateway: 'istio-system/kepler',
      port: 8080,
      size: 'small',
      errorPercent: 2,
      p95Milliseconds: 500,
      config: { greeting: 'hello', limit: '3' },
    });

  const traces = app =>
    portal.traces({
      app,
      namespace: NAMESPACE,
      system: SYSTEM,
      cluster: CLUSTER,
    });

  /** @returns how the moment was met: as it was, or when it was over already */
  async function until(id, step, line) {
    const deadline = Date.now() + 180_000;
    while (Date.now() < deadline) {
      const events = await portal.events(id);
      const own = events.filter(({ body }) => body.stepId === step);
      if (own.some(({ body }) => body.status === 'completed')) {
        return 'it was over';
      }
      const isThere = own.some(({ body }) =>
        line ? line.test(body.message) : body.status === 'processing',
      );
      if (isThere) {
        return 'killed';
      }
      const end = events.find(({ type }) => type === 'completion');
      assert.equal(end, undefined, `It ended before ${step}`);
      await setTimeout(50);
    }
    return assert.fail(`${step} did not begin within 180 s`);
  }

  /** Kills the backend and starts it again; tells how long nobody answered. */
  async function die(test, what) {
    const at = Date.now();
    await backend.kill();
    await backend.start();
    await portal.answers();
    test.diagnostic(
      `${what}; up again after ${((Date.now() - at) / 1000).toFixed(0)} s`,
    );
  }

  it('goes on where it was, in every step, and doubles nothing', async test => {
    const app = 'ledger';
    const id = await make(app);
    for (const [step, line] of MOMENTS) {
      const how = await until(id, step, line);
      await die(test, `${how} in ${step}${line ? ` at ${line}` : ''}`);
    }
    assert.equal(await portal.end(id, 240), 'completed');
    assert.deepEqual(await traces(app), ALL);
  });

  it('takes back a project that was made and not filled', async test => {
    const app = 'voucher';
    const id = await make(app);
    const path = `/projects/${SYSTEM}%2F${app}`;
    while (!(await portal.gitlab(path))) {
      await setTimeout(20);
    }
    await die(test, 'killed in publish, with the project made');
    const end = await portal.end(id, 240);
    test.diagnostic(`it ${end}`);
    assert.deepEqual(await traces(app), end === 'completed' ? ALL : NONE);
  });

  it('takes back all of a failure, though it dies doing so, and starts afresh', async test => {
    const app = 'bonus';
    const id = await make(app);
    await until(id, 'config');
    await portal.incident('registry-down', 'start');
    await until(id, 'clean-up');
    await die(test, 'killed in clean-up, with the registry down');
    assert.equal(await portal.end(id, 240), 'failed');
    assert.deepEqual(await traces(app), NONE);

    await portal.incident('registry-down', 'stop');
    assert.equal(await portal.end(await make(app), 240), 'completed');
    assert.deepEqual(await traces(app), ALL);
  });
});
