/** Dashboards and alarms ask what Prometheus understands. */
import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { misread } from '../lib/templates/promql.mjs';
import { runAll } from '../lib/templates/runAll.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

let runs = [];

before(async () => {
  runs = await runAll(root);
});

const services = () =>
  runs.filter(({ template }) => template.startsWith('new-'));

test('dashboards are JSON whose every query Prometheus understands', () => {
  for (const { name, files } of runs) {
    const file = [...files.keys()].find(each =>
      each.endsWith('dashboard.json'),
    );
    if (file) {
      const dashboard = JSON.parse(files.get(file));
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
      assert.match(
        annotations.dashboard_url,
        /^https:\/\/grafana\.example\/d\//,
      );
      const heading = annotations.runbook_url
        .split('#')[1]
        .replaceAll('-', ' ');
      assert.match(
        run.files.get('docs/operation.md').toLowerCase(),
        new RegExp(`^### ${heading}$`, 'm'),
      );
    }
  }
});
