import type { JsonObject } from '@backstage/types';
import { validate } from 'jsonschema';
import { parse } from 'yaml';
import { PlayPortal } from '../__testUtils__/PlayPortal';
import { setupActions } from '../__testUtils__/runAction';
import { EXAMPLES } from './examples';

const PLACE = { cluster: 'kepler-sh', namespace: 'wealth-test', app: 'coupon' };
const service = (name: string) =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`;

const RULES = `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: coupon
spec:
  groups: []
`;
const ROUTE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: coupon
spec:
  hosts: [coupon, coupon.kepler.example]
`;

describe('actions of templates', () => {
  const { workspace, actionsOf, run } = setupActions();
  let portal: PlayPortal;

  beforeEach(() => {
    portal = new PlayPortal();
    workspace.setContent({
      deploy: {
        'service.yaml': service('coupon'),
        'dashboard.json': '{"panels":[]}',
        mesh: { 'virtual-service.yaml': ROUTE },
        monitoring: { 'prometheus-rule.yaml': RULES },
      },
    });
  });

  const named = (id: string) => {
    const found = actionsOf(portal).find(action => action.id === id);
    if (!found) {
      throw new Error(`There is no action ${id}`);
    }
    return found;
  };
  const performed = () => portal.runs.map(({ action }) => action);

  it('all have examples', () => {
    const ids = new Set(
      Object.values(EXAMPLES).flatMap(list => list.map(({ id }) => id)),
    );
    expect(
      actionsOf(portal)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...ids].sort());
  });

  const examples = Object.values(EXAMPLES).flatMap(list =>
    list.map(({ id, description }) => [id, description] as const),
  );

  it.each(examples)('%s: %s', async (id, description) => {
    const action = named(id);
    const { example = '' } =
      action.examples?.find(each => each.description === description) ?? {};
    const { steps } = parse(example);
    expect(steps[0].action).toBe(id);
    const input: JsonObject = steps[0].input;
    expect(validate(input, action.schema?.input ?? false).errors).toEqual([]);
    const ran = await run(action, input);
    expect(ran.error).toBeUndefined();
    const runs = performed().length;
    const dry = await run(action, input, { isDryRun: true });
    expect(dry.error).toBeUndefined();
    // A dry run changes nothing.
    expect(performed()).toHaveLength(runs);
  });

  it.each(examples)(
    '%s again after a restart doubles nothing: %s',
    async id => {
      const [{ input }] = Object.values(EXAMPLES)
        .flat()
        .filter(each => each.id === id);
      const kept = new Map<string, unknown>();
      await run(named(id), input as JsonObject, { kept });
      const first = portal.runs.map(({ action, key }) => `${action} ${key}`);
      await run(named(id), input as JsonObject, { kept });
      const all = portal.runs.map(({ action, key }) => `${action} ${key}`);
      // The same keys, which the plugins run once.
      expect(new Set(all)).toEqual(new Set(first));
    },
  );

  it('leave in a dry run what they would write, or why that is not known', async () => {
    const input = { ...PLACE, path: './deploy/*.yaml' };
    const apply = named('orrery:kubernetes:apply');
    await run(apply, input, { isDryRun: true });
    portal.refusals.set('delivery/apply-objects', 'coupon is not yours');
    await run(apply, input, { isDryRun: true });
    const records = Object.entries(
      workspace.content({ path: '.orrery-preview/step' }) as Record<
        string,
        string
      >,
    )
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, text]) => JSON.parse(text));
    expect(records).toEqual([
      expect.objectContaining({
        plugin: 'delivery',
        summary: 'Do delivery/apply-objects',
      }),
      expect.objectContaining({ problem: 'coupon is not yours' }),
    ]);
  });

  const objectsOf = () =>
    portal.runs.flatMap(({ input }) => Reflect.get(Object(input), 'objects'));

  it.each([
    [false, true],
    [true, false],
  ])(
    'grafana:dashboard takes away only what it made (there before: %s)',
    async (before, isUndone) => {
      portal.hasDashboard = before;
      const { outputs } = await run(named('orrery:grafana:dashboard'), {
        ...PLACE,
        title: 'Coupons',
        path: './deploy/dashboard.json',
      });
      expect(outputs.url).toBe('http://grafana/d/1');
      expect(outputs.compensation !== undefined).toBe(isUndone);
    },
  );

  it('alarms:rules applies what the repository says', async () => {
    await run(named('orrery:alarms:rules'), {
      ...PLACE,
      path: './deploy/monitoring/prometheus-rule.yaml',
    });
    expect(objectsOf()).toEqual([parse(RULES)]);
  });

  const { app: serviceName, ...where } = PLACE;
  const exposure = {
    ...where,
    service: serviceName,
    port: 8080,
    gateway: 'istio-system/kepler',
    path: './deploy/mesh/virtual-service.yaml',
  };

  it('mesh:expose applies what the repository says', async () => {
    const { outputs } = await run(named('orrery:mesh:expose'), {
      ...exposure,
      host: 'coupon.kepler.example',
    });
    expect(objectsOf()).toEqual([parse(ROUTE)]);
    expect(outputs.url).toBe('http://coupon.kepler.example');
  });

  it.each([
    [
      'orrery:alarms:rules',
      PLACE,
      'path: expected a PrometheusRule, or owner, errorShare and p95Milliseconds',
    ],
    [
      'orrery:alarms:rules',
      { ...PLACE, path: './deploy/service.yaml' },
      'path: expected one PrometheusRule at ./deploy/service.yaml, got Service',
    ],
    [
      'orrery:mesh:expose',
      { ...exposure, host: 'other.kepler.example' },
      'path: expected a VirtualService of other.kepler.example',
    ],
  ])('%s refuses %j', async (id, input, message) => {
    const { error } = await run(named(id), input);
    expect(error?.message).toBe(message);
    expect(portal.runs).toEqual([]);
  });

  it('service:read tells what runs and what is known of it, without secrets', async () => {
    const { outputs, lines } = await run(named('orrery:service:read'), {
      ...PLACE,
      config: true,
      with: { currency: 'CNY' },
    });
    expect(outputs).toEqual({
      workload: 'Deployment/coupon',
      image: 'registry.example/wealth/coupon:1.0.0',
      port: 8080,
      language: 'node',
      entityRef: 'component:default/coupon',
      owner: 'group:default/trading',
      description: 'Hands out coupons',
      project: 'wealth/coupon',
      gitlabHost: 'gitlab.example',
      config: { 'limits/perDay': '3', currency: 'CNY' },
    });
    expect(lines.join('\n')).toContain('not read: db/password');
  });

  it.each([
    [[], {}, 'There is no workload of the app coupon in wealth-test'],
    [['Job/migrate'], {}, 'There is no workload'],
    [
      ['Deployment/coupon-v1', 'Deployment/coupon-v2'],
      {},
      'workload: expected which of the app coupon in wealth-test of kepler-sh is meant: Deployment/coupon-v1, Deployment/coupon-v2',
    ],
    [
      ['Deployment/coupon'],
      { workload: 'Deployment/voucher' },
      'workload: expected one of the app coupon in wealth-test of kepler-sh (Deployment/coupon), got Deployment/voucher',
    ],
  ])('service:read of %j with %j: %s', async (workloads, more, message) => {
    portal.workloads = workloads;
    const { error } = await run(named('orrery:service:read'), {
      ...PLACE,
      ...more,
    });
    expect(error?.message).toContain(message);
  });

  it('service:read knows a service that the catalog does not, where that is enough', async () => {
    portal.entities.clear();
    const read = named('orrery:service:read');
    const { outputs } = await run(read, PLACE);
    expect(outputs).toMatchObject({
      workload: 'Deployment/coupon',
      language: 'unknown',
      project: 'wealth/coupon',
    });
    const { error } = await run(read, { ...PLACE, needs: ['component'] });
    expect(error?.message).toContain('adopt it first');
  });

  it('service:read guesses nothing: what must be known is known, said, or refused', async () => {
    portal.ports = [];
    portal.hasGitLab = false;
    const read = named('orrery:service:read');
    expect((await run(read, PLACE)).outputs.port).toBeUndefined();
    const needs = async (need: string, more = {}) =>
      (await run(read, { ...PLACE, needs: [need], ...more })).error?.message;
    expect(await needs('port')).toContain('declares no port');
    expect(await needs('port', { port: 9000 })).toBeUndefined();
    expect(await needs('repository')).toContain('no project of GitLab');
    portal.hasGitLab = true;
    expect(await needs('repository')).toBeUndefined();
  });

  it.each(['group:default/nobody', 'component:default/coupon'])(
    'names:check refuses %s as an owner',
    async owner => {
      const { error } = await run(named('orrery:names:check'), {
        ...PLACE,
        owner,
      });
      expect(error?.message).toBe(
        `owner: expected a group or a person of the catalog, got ${owner}`,
      );
    },
  );

  it('names:check takes the short name of a group', async () => {
    const { error } = await run(named('orrery:names:check'), {
      ...PLACE,
      owner: 'trading',
    });
    expect(error).toBeUndefined();
  });

  it('apply hands out what takes away only what is new', async () => {
    portal.before = service('coupon');
    workspace.addContent({ 'deploy/more.yaml': service('coupon-admin') });
    const { outputs } = await run(named('orrery:kubernetes:apply'), {
      ...PLACE,
      path: './deploy/*.yaml',
    });
    expect(outputs.compensation).toEqual({
      plugin: 'delivery',
      action: 'delete-objects',
      input: {
        ...PLACE,
        objects: [{ apiVersion: 'v1', kind: 'Service', name: 'coupon-admin' }],
      },
      typed: 'coupon',
    });
  });

  it('apply takes back what does not become healthy', async () => {
    portal.outcomes.set('delivery/apply-objects', ['running', 'failed']);
    const { error } = await run(named('orrery:kubernetes:apply'), {
      ...PLACE,
      path: './deploy',
    });
    expect(error?.message).toMatch(/failed\. It failed/);
    expect(performed()).toEqual([
      'delivery/apply-objects',
      'delivery/delete-objects',
    ]);
  });

  it('a job without an image in the registry is taken back', async () => {
    portal.outcomes.set('delivery/start-build', ['running', 'failed']);
    const { error } = await run(named('orrery:jenkins:job'), {
      ...PLACE,
      build: true,
    });
    expect(error?.message).toMatch(/start-build: failed/);
    expect(performed()).toEqual([
      'delivery/create-build-job',
      'delivery/start-build',
      'delivery/delete-build-job',
    ]);
  });

  it('tell the console of a build, and what it made', async () => {
    const { outputs, lines } = await run(named('orrery:jenkins:job'), {
      ...PLACE,
      build: true,
    });
    expect(lines).toEqual(
      expect.arrayContaining(['Cloning', 'Compiling', 'SUCCESS']),
    );
    expect(outputs).toMatchObject({
      number: 1,
      tag: '84b494eb206c',
      image: 'registry.example/wealth/coupon:84b494eb206c',
      digest: 'sha256:1',
    });
  });

  it.each([
    ['taken', 'There is a project of that name'],
    ['unknown', 'GitLab cannot be reached: it did not answer in time'],
  ])(
    'a name that is %s is refused before anything is made',
    async (state, reason) => {
      portal.names = {
        checks: [
          { what: 'GitLab project', name: 'wealth/coupon', state, reason },
          { what: 'Images', name: 'coupon', state: 'taken' },
        ],
      };
      const { error } = await run(named('orrery:names:check'), {
        ...PLACE,
        group: 'wealth',
      });
      expect(error?.message).toBe(
        `Nothing was made: GitLab project wealth/coupon: ${state} (${reason})`,
      );
      const other = await run(named('orrery:names:check'), {
        ...PLACE,
        group: 'loan',
      });
      expect(other.error?.message).toMatch(
        /^group: expected the group of wealth/,
      );
    },
  );

  it('clean up the last first, and go on where one cannot be taken back', async () => {
    portal.refusals.set('delivery/delete-build-job', 'Jenkins is away');
    const { outputs } = await run(named('orrery:clean-up'), {
      of: [
        { plugin: 'delivery', action: 'delete-source-project', input: PLACE },
        // A step that did not run.
        '',
        { plugin: 'delivery', action: 'delete-build-job', input: PLACE },
        {
          plugin: 'telemetry',
          action: 'delete-dashboard',
          input: PLACE,
        },
      ],
    });
    expect(performed()).toEqual([
      'telemetry/delete-dashboard',
      'delivery/delete-source-project',
    ]);
    expect(outputs.left).toEqual([
      'delivery: delete-build-job: Jenkins is away',
    ]);
  });

  it('retire what was listed, in that order', async () => {
    portal.prefix = { ...portal.prefix, state: 'taken', keys: 3 };
    const { outputs } = await run(named('orrery:retire:plan'), PLACE);
    const plan = outputs.plan as JsonObject & { text: string };
    expect(plan.text.split('\n')).toEqual([
      '1. Service coupon',
      '2. Dashboard http://grafana/d/1',
      '3. Configuration wealth-test.coupon/ (3 keys)',
      '4. Jenkins job coupon.wealth, with the history of its builds',
      '5. GitLab project wealth/coupon: archived, not deleted',
      '- Images stay in the registry.',
    ]);
    expect(performed()).toEqual([]);
    await run(named('orrery:retire:run'), { plan });
    expect(performed()).toEqual([
      'delivery/delete-objects',
      'telemetry/delete-dashboard',
      'config-center/delete-prefix',
      'delivery/delete-build-job',
      'delivery/delete-source-project',
    ]);
  });

  it('name the consent that was given to all of it', async () => {
    const { outputs } = await run(named('orrery:approval:request'), {
      target: 'kepler-sh/wealth/service/coupon',
      summary: 'New service coupon',
      reason: 'Coupons are wanted',
    });
    expect(outputs.consent).toBe('a1');
    await run(named('orrery:registry:project'), { ...PLACE, consent: 'a1' });
    // Nothing was asked for where the environment wants nothing.
    await run(named('orrery:registry:project'), { ...PLACE, consent: '' });
    expect(portal.runs.map(({ consent }) => consent)).toEqual([
      undefined,
      'a1',
      undefined,
    ]);
  });

  it('register a file once, however often the step is done', async () => {
    const url = 'https://gitlab.example/wealth/coupon/catalog-info.yaml';
    for (const _ of [1, 2]) {
      const { error, outputs } = await run(named('orrery:catalog:register'), {
        url,
      });
      expect(error).toBeUndefined();
      expect(outputs.entityRef).toBe('component:default/coupon');
    }
    expect(portal.locations).toEqual([url]);
  });

  it('logs that are collected already are no failure', async () => {
    portal.refusals.set(
      'logs/set-log-collection',
      'collect: expected a change: it is like that already',
    );
    const { error, lines } = await run(named('orrery:logs:enable'), {
      cluster: 'kepler-sh',
      namespace: 'wealth-test',
      workload: 'Deployment/coupon',
    });
    expect(error).toBeUndefined();
    expect(lines).toEqual(['Its logs are collected already']);
  });

  it('a token is made behind its prefix, and only its Secret is named', async () => {
    portal.prefix = { ...portal.prefix, state: 'free', keys: 0 };
    const { outputs } = await run(named('orrery:consul:prefix'), {
      ...PLACE,
      token: true,
    });
    expect(performed()).toEqual([
      'config-center/create-prefix',
      'config-center/create-token',
    ]);
    expect(outputs).toMatchObject({
      tokenSecret: 'coupon-consul',
      compensation: { action: 'delete-prefix' },
    });
  });

  it('a prefix that was there before is not taken away', async () => {
    portal.prefix = { ...portal.prefix, state: 'taken', keys: 3 };
    const { outputs } = await run(named('orrery:consul:prefix'), PLACE);
    expect(outputs.compensation).toBeUndefined();
  });
});
