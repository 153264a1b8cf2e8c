import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuseNode } from '../lib/node-version.mjs';

test('accepts the supported lines of Node', () => {
  for (const version of [
    '20.19.0',
    '20.20.2',
    '22.12.0',
    '24.0.0',
    '24.18.1',
  ]) {
    assert.equal(refuseNode(version), undefined, version);
  }
});

test('refuses what is too old or unknown, and says what to use', () => {
  for (const version of ['18.20.0', '20.18.3', '21.7.0', '22.11.0', '26.0.0']) {
    assert.match(refuseNode(version), /is not supported\. Use Node 20\.19/);
  }
});

test('refuses the Node that aborts better-sqlite3 by name', () => {
  assert.match(refuseNode('24.21.0'), /^Node 24\.21\.0 aborts better-sqlite3/);
});
