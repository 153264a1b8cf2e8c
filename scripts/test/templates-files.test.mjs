/** What templates write: complete, readable, and understood by who reads it. */
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readPipeline } from '../../packages/sandbox/src/jenkins/pipeline/readPipeline.ts';
import { EXAMPLES, outputsOf } from '../lib/templates/examples.mjs';
import {
  filesBelow,
  inTemporaryDirectory,
  readManifests,
  readYaml,
} from '../lib/templates/files.mjs';
import { loadTemplates } from '../lib/templates/load.mjs';
import { misread } from '../lib/templates/promql.mjs';
import { runTemplate } from '../lib/templates/run.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const templates = loadTemplates(root);
const nameOf = ({ entity }) => entity.metadata.name;

/** Every template with every example: what it did and wrote. */
const runs = [];

before(async () => {
  for (const template of templates) {
    for (const parameters of EXAMPLES[nameOf(template)]) {
      await inTemporaryDirectory(async directory => {
        const { steps, output } = await runTemplate({
          root,
          template,
          parameters,
          outputs: outputsOf({ name: parameters.workload, ...parameters }),
          directory,
        });
        const files = new Map(
          filesBelow(directory).map(file => [
            file,
            {
              text: readFileSync(join(directory, file), 'utf8'),
              mode: statSync(join(directory, file)).mode,
            },
          ]),
        );
        const yaml = [...files.keys()]
          .filter(file => /\.ya?ml$/.test(file))
          .flatMap(file => readYaml(join(directory, file)));
        runs.push({
          name: `${nameOf(template)} for ${
            parameters.name ?? parameters.workload
          }`,
          template,
          parameters,
          steps,
          output,
          files,
          yaml,
          manifests: files.has('deploy/deployment.yaml')
            ? readManifests(join(directory, 'deploy'))
            : [],
        });
      });
    }
  }
});

const services = () =>
  runs.filter(({ template }) => nameOf(template).startsWith('new-'));
const input = (run, id) => run.steps.find(step => step.id === id)?.input;

test('nothing is left to fill in, and no file is empty', () => {
  for (const { name, files, steps, output } of runs) {
    for (const [file, { text }] of files) {
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
    const { text } = files.get('Dockerfile');
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
    const { text } = files.get('Jenkinsfile');
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
      for (const [, host] of (files.get(file)?.text ?? '').matchAll(
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

test('dashboards are JSON whose every query Prometheus understands', () => {
  for (const { name, files } of runs) {
    const file = [...files.keys()].find(each =>
      each.endsWith('dashboard.json'),
    );
    if (file) {
      const dashboard = JSON.parse(files.get(file).text);
      const targets = dashboard.panels.flatMap(panel => panel.targets ?? []);
      assert.ok(targets.length >= 8, name);
      for (const { expr } of targets) {
        assert.equal(
          misread(expr.replaceAll('$__rate_interval', '5m')),
          undefined,
          name,
        );
      }
      const ids = dashboard.panels.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length, name);
      assert.ok(dashboard.uid.length <= 40, name);
    }
  }
});

test('alarms know their owner, severity and runbook, and Prometheus understands them', () => {
  for (const run of services()) {
    const [rule] = run.manifests.filter(
      ({ kind }) => kind === 'PrometheusRule',
    );
    const { rules } = rule.spec.groups[0];
    assert.equal(rules.length, 3);
    for (const { expr, labels, annotations } of rules) {
      assert.equal(misread(expr), undefined);
      assert.match(labels.severity, /^(critical|warning)$/);
      assert.equal(labels.owner, 'payments');
      assert.equal(labels.app, run.parameters.name);
      assert.match(annotations.runbook_url, /docs\/operation\.md#[a-z-]+$/);
      assert.ok(annotations.dashboard_url === undefined);
      const heading = annotations.runbook_url
        .split('#')[1]
        .replaceAll('-', ' ');
      assert.match(
        run.files.get('docs/operation.md').text.toLowerCase(),
        new RegExp(`^### ${heading}$`, 'm'),
      );
    }
  }
});

test('adoption asks for nothing that was not wanted', () => {
  const adopted = runs.filter(
    ({ template }) => nameOf(template) === 'adopt-workload',
  );
  assert.deepEqual(
    adopted.map(({ steps }) => steps.map(({ id }) => id)),
    [
      [
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
      ['approval', 'entry', 'merge'],
    ],
  );
});

test('a clone names its image by its last colon', () => {
  const [run] = runs.filter(
    ({ template }) => nameOf(template) === 'clone-service',
  );
  const [deployment] = run.manifests.filter(
    ({ kind }) => kind === 'Deployment',
  );
  assert.equal(
    deployment.spec.template.spec.containers[0].image,
    run.parameters.image,
  );
  assert.ok(run.files.has('repository/catalog-info.wealth-test.yaml'));
});
