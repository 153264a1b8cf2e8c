import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createResults } from '../lib/results.mjs';

test('sums up and ends with one line', () => {
  const results = createResults();
  results.add({ passed: 3, failed: 1, skipped: 2 });
  results.check('types', true);
  results.check('lint', false);
  results.skip('browser tests', 'install Chromium');
  const lines = results.report().split('\n');
  assert.equal(lines.at(-1), '4 passed, 2 failed, 2 skipped');
  assert.ok(lines.includes('FAILED   lint'));
  assert.ok(lines.includes('skipped  browser tests: install Chromium'));
});
