import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sandboxUrl, until } from './browser';
import { clusterObject } from './delivery';
import {
  askAs,
  completed,
  endOf,
  gitlabHost,
  startTemplate,
} from './scaffolding';

/** Of the team that owns the system. */
const MAKER = 'chen';
/** Of the platform team. */
const APPROVER = 'mateo';
const PLACE = { cluster: 'kepler-sh', namespace: 'wealth-test' };
const PROTECTED = { ...PLACE, namespace: 'wealth' };
const LANGUAGES = ['go', 'java', 'python', 'node'];

const repository = () => ({ host: gitlabHost(), group: 'wealth' });

function answers(name: string, place = PLACE) {
  return {
    name,
    description: `One of each language: ${name}`,
    owner: 'group:default/customer',
    repository: repository(),
    place,
    host: `${name}.${place.namespace}.kepler.example`,
    gateway: 'istio-system/kepler',
    port: 8080,
    size: 'small',
    errorPercent: 2,
    p95Milliseconds: 500,
    config: { greeting: 'hello' },
  };
}

const deployment = (name: string, { namespace } = PLACE) =>
  clusterObject(`/apis/apps/v1/namespaces/${namespace}/deployments/${name}`);

async function requestsOf(app: string): Promise<number> {
  const query = `sum(istio_requests_total{destination_workload="${app}"})`;
  const response = await fetch(
    `${sandboxUrl()}/prometheus/api/v1/query?${new URLSearchParams({ query })}`,
  );
  const { data } = (await response.json()) as {
    data: { result: { value: [number, string] }[] };
  };
  return Number(data.result.at(0)?.value[1] ?? 0);
}

/** Approves the one consent that a run waits for. */
async function approveOnce(app: string): Promise<void> {
  const target = `${PROTECTED.cluster}/${PROTECTED.namespace}/service/${app}`;
  const query = new URLSearchParams({ target, state: 'waiting' });
  const [row] = await until(
    `the request for ${app}`,
    async () => (await askAs(APPROVER, `/orrery/activity?${query}`)).items,
    items => items.length > 0,
    120_000,
  );
  assert.equal(row.action, 'consent');
  await askAs(APPROVER, `/orrery/actions/approvals/${row.id}/approve`, {
    reason: 'It is wanted',
  });
}

describe('a service in each language', { timeout: 600_000 }, () => {
  const images = new Map<string, string>();

  it('is made, runs and is called', async () => {
    const templates = [
      ...LANGUAGES.map(language => `new-${language}-service`),
      'new-static-site',
    ];
    const runs = await Promise.all(
      templates.map(async template => {
        const [, language] = template.split('-');
        const name = `tally-${language}`;
        return {
          name,
          id: await startTemplate(MAKER, template, answers(name)),
        };
      }),
    );
    for (const { name, id } of runs) {
      completed(await endOf(MAKER, id));
      const { spec, status } = await deployment(name);
      assert.ok(status.readyReplicas >= 1, `${name} has no ready pod`);
      images.set(name, spec.template.spec.containers[0].image);
      assert.match(
        images.get(name) ?? '',
        new RegExp(`^registry\\.kepler\\.example/wealth/${name}:[0-9a-f]{12}$`),
      );
      await until(
        `requests to ${name}`,
        () => requestsOf(name),
        requests => requests > 0,
        60_000,
      );
    }
  });

  it('is retired: listed first, and then gone but for what the list keeps', async () => {
    const name = 'tally-python';
    const at = { place: PLACE, name };
    const { text } = completed(
      await endOf(
        MAKER,
        await startTemplate(MAKER, 'retire-service', { ...at, mode: 'list' }),
      ),
    );
    assert.match(JSON.stringify(text), /Deployment tally-python/);
    assert.ok(await deployment(name));
    completed(
      await endOf(
        MAKER,
        await startTemplate(MAKER, 'retire-service', {
          ...at,
          mode: 'remove',
          typedName: name,
          reason: 'Nobody counts any more',
        }),
      ),
    );
    const query = new URLSearchParams({ ...PLACE, app: name });
    const left = await askAs(MAKER, `/delivery/service-inventory?${query}`);
    assert.deepEqual(left.objects, []);
    assert.equal(left.job, undefined);
    const prefix = await askAs(MAKER, `/config-center/prefixes/check?${query}`);
    assert.equal(prefix.state, 'free');
    const { exists } = await askAs(
      MAKER,
      `/telemetry/service-dashboard?${query}`,
    );
    assert.ok(!exists);
  });

  it('is made where nobody acts alone, by one consent', async () => {
    const name = 'tally-prod';
    const id = await startTemplate(
      MAKER,
      'new-go-service',
      answers(name, PROTECTED),
    );
    await approveOnce(name);
    completed(await endOf(MAKER, id));
    const { items } = await askAs(
      MAKER,
      '/orrery/activity?state=waiting&limit=200',
    );
    assert.deepEqual(
      items.filter(({ target }: { target: string }) => target.includes(name)),
      [],
    );
  });

  it('is cloned into another namespace', async () => {
    const name = 'tally-go';
    await until(
      `the component ${name}`,
      () => askAs(MAKER, `/catalog/entities/by-name/component/default/${name}`),
      entity => entity !== undefined,
      120_000,
    );
    const { place, host, size, errorPercent, p95Milliseconds } = answers(
      name,
      PROTECTED,
    );
    const id = await startTemplate(MAKER, 'clone-service', {
      from: PLACE,
      name,
      place,
      host,
      size,
      errorPercent,
      p95Milliseconds,
      config: { greeting: 'good day' },
    });
    await approveOnce(name);
    const end = await endOf(MAKER, id);
    completed(end);
    assert.ok(end.lines.some(line => line.includes('Create 1 of 1 keys')));
    const { spec, status } = await deployment(name, PROTECTED);
    assert.ok(status.readyReplicas >= 1);
    assert.equal(spec.template.spec.containers[0].image, images.get(name));
  });

  it('gets a canary', async () => {
    const id = await startTemplate(MAKER, 'add-canary', {
      place: PLACE,
      workload: 'tally-go',
      image: images.get('tally-node'),
      strategy: {
        steps: [
          { kind: 'weight', weight: 10 },
          { kind: 'pause', seconds: 600 },
        ],
      },
      reason: 'To see it',
    });
    completed(await endOf(MAKER, id));
  });

  it('is adopted when it ran before', async () => {
    const id = await startTemplate(MAKER, 'adopt-workload', {
      name: 'tally-node',
      workload: 'Deployment/tally-node',
      description: 'Ran before it was in the catalog',
      owner: 'group:default/customer',
      lifecycle: 'test',
      repository: repository(),
      place: PLACE,
      how: 'merge-request',
      wants: ['logs', 'alarms', 'dashboard'],
      errorPercent: 2,
      p95Milliseconds: 500,
    });
    completed(await endOf(MAKER, id));
  });
});
