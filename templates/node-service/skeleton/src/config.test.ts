import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from './config.js';

test('reads the environment', () => {
  const config = loadConfig({
    PORT: '9000',
    DRAIN_DELAY_MILLISECONDS: '250',
    UPSTREAM_URL: 'http://other:8080/api/items',
  });
  assert.equal(config.port, 9000);
  assert.equal(config.drainDelayMilliseconds, 250);
  assert.equal(config.upstreamUrl, 'http://other:8080/api/items');
  assert.equal(config.serviceName, '${{ values.name }}');
});

test('refuses what makes no sense, and names it', () => {
  const cases = {
    PORT: 'http',
    DRAIN_DELAY_MILLISECONDS: '1s',
    SHUTDOWN_TIMEOUT_MILLISECONDS: '-3',
    UPSTREAM_URL: 'other',
  };
  for (const [name, value] of Object.entries(cases)) {
    assert.throws(() => loadConfig({ [name]: value }), new RegExp(`^Error: ${name}:`));
  }
});
