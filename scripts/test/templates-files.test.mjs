/** What templates write: complete, readable, and understood by who reads it. */
import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readPipeline } from '../../packages/sandbox/src/jenkins/pipeline/readPipeline.ts';
import { runAll } from '../lib/templates/runAll.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Every template with every example: what it did and wrote. */
let runs = [];

before(async () => {
  runs = await runAll(root);
});

const services = () =>
  runs.filter(({ template }) => template.startsWith('new-'));
const input = (run, id) => run.steps.find(step => step.id === id)?.input;

test('nothing is left to fill in, and no file is empty', () => {
  for (const { name, files, steps, output } of runs) {
    for (const [file, text] of files) {
      const isCode = /\.(ts|js|go|java|py|sh)$/.test(file);
      assert.ok(!/\$\{\{|\{%/.test(text), `${name}: ${file}`);
      assert.ok(
        isCode || !/undefined|\[object/.test(text),
        `${name}: ${file} has a value that is not known`,
      );
      assert.ok(!/\$\{\{|\{%/.test(file), `${name}: ${file}`);
      assert.ok(
        text !== '' || file.endsWith('__init__.py'),
        `${name}: ${file} is empty`,
      );
    }
    assert.ok(!/\$\{\{/.test(JSON.stringify([steps, output])), name);
  }
});

test('a new service has everything around its code', () => {
  for (const { name, files } of services()) {
    for (const file of [
      '.dockerignore',
      '.editorconfig',
      '.gitignore',
      'Dockerfile',
      'Jenkinsfile',
      'README.md',
      'catalog-info.yaml',
      'deploy/autoscaler.yaml',
      'deploy/dashboard.json',
      'deploy/deployment.yaml',
      'deploy/destination-rule.yaml',
      'deploy/mesh/virtual-service.yaml',
      'deploy/monitoring/prometheus-rule.yaml',
      'deploy/network-policy.yaml',
      'deploy/pod-disruption-budget.yaml',
      'deploy/service-account.yaml',
      'deploy/service.yaml',
      'docs/index.md',
      'docs/operation.md',
      'mkdocs.yml',
    ]) {
      assert.ok(files.has(file), `${name}: ${file}`);
    }
  }
});

test('images run as a number, from bases with a version', () => {
  for (const { name, files } of services()) {
    const text = files.get('Dockerfile');
    const users = [...text.matchAll(/^USER (.*)$/gm)].map(([, user]) => user);
    assert.ok(users.length > 0, name);
    for (const user of users) {
      assert.match(user, /^[1-9]\d*:[1-9]\d*$/, name);
    }
    const stages = new Set(['scratch']);
    for (const [, base, stage] of text.matchAll(
      /^FROM (\S+)(?: AS (\S+))?$/gm,
    )) {
      assert.ok(
        stages.has(base) ||
          /:\d+\.\d+\.\d+|:3\.9\.11-eclipse-temurin-17$/.test(base),
        `${name}: ${base}`,
      );
      stages.add(stage);
    }
    assert.ok(stages.has('build') && stages.has('test'), name);
  }
});

test('Jenkins is told to check out, build, test and push', () => {
  for (const { files } of services()) {
    const text = files.get('Jenkinsfile');
    const { stages, parameters } = readPipeline(text);
    assert.deepEqual(
      stages.map(({ name }) => name),
      ['Checkout', 'Build', 'Unit tests', 'Image'],
    );
    assert.deepEqual(
      parameters.map(({ name, defaultValue }) => [name, defaultValue]),
      [['TAG', '']],
    );
    for (const label of ['revision', 'source', 'version']) {
      assert.match(
        text,
        new RegExp(`--label "org.opencontainers.image.${label}=`),
      );
    }
  }
});

test('lock files name public registries or none', () => {
  for (const { name, files } of services()) {
    for (const file of ['package-lock.json', 'requirements.txt', 'go.sum']) {
      for (const [, host] of (files.get(file) ?? '').matchAll(
        /https?:\/\/([^/"\s]+)[^"\s]*\.(?:tgz|whl|zip)/g,
      )) {
        assert.equal(host, 'registry.npmjs.org', `${name}: ${file}`);
      }
    }
  }
});

test('the catalog entry binds the component to all that is its', () => {
  const [run] = services();
  const [entry] = run.yaml.filter(({ kind }) => kind === 'Component');
  assert.deepEqual(entry.metadata.annotations, {
    'backstage.io/kubernetes-id': 'ledger',
    'backstage.io/kubernetes-namespace': 'wealth',
    'backstage.io/kubernetes-cluster': 'kepler-sh',
    'backstage.io/techdocs-ref': 'dir:.',
    'gitlab.com/project-slug': 'wealth/ledger',
    'jenkins.io/job-full-name': 'ledger.wealth',
    'grafana/dashboard-selector': 'ledger',
    'orrery.dev/slo-availability': '99.5',
    'orrery.dev/slo-latency': '500ms:95',
    'orrery.dev/canary-steps': '10%, analysis, 50%',
  });
  assert.equal(entry.metadata.description, run.parameters.description);
  assert.deepEqual(entry.spec, {
    type: 'service',
    lifecycle: 'production',
    owner: 'group:default/payments',
    system: 'wealth',
  });
});

test('what is deployed is what was built', () => {
  for (const run of services()) {
    const { namespace } = run.parameters.place;
    const system = namespace.replace(/-test$/, '');
    const [deployment] = run.manifests.filter(
      ({ kind }) => kind === 'Deployment',
    );
    assert.equal(
      deployment.spec.template.spec.containers[0].image,
      `registry.kepler.example/${system}/${run.parameters.name}:1f2e3d4c`,
    );
    assert.equal(input(run, 'deploy').path, './deploy/*.yaml');
    assert.equal(input(run, 'deploy').app, run.parameters.name);
  }
});

test('a service has routes, with a host or without', () => {
  for (const run of services()) {
    const { host } = run.parameters;
    assert.equal(input(run, 'expose')?.host, host);
    assert.equal(input(run, 'routes') === undefined, host !== undefined);
    const link = run.output.links.find(({ title }) => /running/.test(title));
    assert.equal(link.if, host !== undefined);
  }
});

test('adoption asks for nothing that was not wanted', () => {
  const adopted = runs.filter(({ template }) => template === 'adopt-workload');
  assert.deepEqual(
    adopted.map(({ steps }) => steps.map(({ id }) => id)),
    [
      [
        'source',
        'approval',
        'entry',
        'readme',
        'manifests',
        'logs',
        'dashboard',
        'alarms',
        'publish',
        'register',
      ],
      ['source', 'approval', 'entry', 'merge'],
    ],
  );
});

test('a clone names its image by its last colon', () => {
  const [run] = runs.filter(({ template }) => template === 'clone-service');
  const [deployment] = run.manifests.filter(
    ({ kind }) => kind === 'Deployment',
  );
  assert.equal(
    deployment.spec.template.spec.containers[0].image,
    run.parameters.image,
  );
  assert.ok(run.files.has('repository/catalog-info.wealth-test.yaml'));
});

test('a clone is as what it is cloned from, where nothing else is said', () => {
  const [, run] = runs.filter(({ template }) => template === 'clone-service');
  const [deployment] = run.manifests.filter(
    ({ kind }) => kind === 'Deployment',
  );
  const [container] = deployment.spec.template.spec.containers;
  assert.equal(container.image, 'registry.kepler.example/wealth/a1:1f2e3d4c');
  assert.equal(container.ports[0].containerPort, 8080);
  const [entry] = run.yaml.filter(({ kind }) => kind === 'Component');
  assert.equal(entry.spec.owner, 'group:default/payments');
  assert.deepEqual(input(run, 'config').values, { 'ledger.currency': 'EUR' });
  assert.equal(
    input(run, 'merge').repoUrl,
    'gitlab.example?owner=wealth&repo=a1',
  );
});
