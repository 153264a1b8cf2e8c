import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import meshCommon from '@orrery/backstage-plugin-mesh-common';
import orreryNode from '@orrery/backstage-plugin-orrery-node';

const { buildGraph, GRAPH_QUERY_NAMES, graphQueries } = meshCommon;
const { HttpPrometheusClient } = orreryNode;

/** Two samplings of one counter differ by where their samples fall. */
const TOLERANCE = 0.02;
const WINDOW_SECONDS = 60;

function client(url) {
  return new HttpPrometheusClient({
    url,
    headers: {},
    timeoutSeconds: 30,
    maxConcurrency: 8,
    retentionDays: 1,
  });
}

async function graphFrom(url, timeMilliseconds, graphType) {
  const { answers, failures } = await client(url).queryAll(
    graphQueries(WINDOW_SECONDS),
    { timeMilliseconds },
  );
  assert.deepEqual(failures, {});
  assert.deepEqual(Object.keys(answers).sort(), [...GRAPH_QUERY_NAMES].sort());
  return buildGraph({
    clusters: [{ name: 'kepler-sh', series: answers, objects: {} }],
    options: { graphType, namespaces: [] },
  });
}

const ids = items => items.map(({ id }) => id).sort();

function assertClose(actual, expected, what) {
  if (actual === undefined || expected === undefined) {
    assert.equal(actual, expected, what);
    return;
  }
  const difference = Math.abs(actual - expected);
  assert.ok(
    difference <= TOLERANCE * Math.max(Math.abs(expected), 0.05),
    `${what}: ${actual} against ${expected}`,
  );
}

describe('the graph from a real Prometheus that scraped the sandbox', () => {
  const { ORRERY_REAL_PROMETHEUS, ORRERY_REAL_SANDBOX } = process.env;
  for (const graphType of ['workload', 'app', 'versionedApp', 'service']) {
    it(`equals the one from the sandbox's own API: ${graphType}`, async () => {
      const at = Date.now() - 6_000;
      const [real, own] = await Promise.all([
        graphFrom(ORRERY_REAL_PROMETHEUS, at, graphType),
        graphFrom(`${ORRERY_REAL_SANDBOX}/prometheus`, at, graphType),
      ]);
      assert.ok(own.edges.length >= 15, `${own.edges.length} edges`);
      assert.deepEqual(ids(real.nodes), ids(own.nodes));
      assert.deepEqual(ids(real.edges), ids(own.edges));
      for (const edge of own.edges) {
        const other = real.edges.find(({ id }) => id === edge.id);
        for (const figure of [
          'requestsPerSecond',
          'sentBytesPerSecond',
          'receivedBytesPerSecond',
        ]) {
          assertClose(
            other.traffic[figure],
            edge.traffic[figure],
            `${edge.id} ${figure}`,
          );
        }
        assert.equal(other.health.state, edge.health.state, edge.id);
      }
    });
  }
});
