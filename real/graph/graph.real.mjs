import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import meshCommon from '@orrery/backstage-plugin-mesh-common';
import orreryNode from '@orrery/backstage-plugin-orrery-node';

const {
  buildGraph,
  EXTRA_QUERY_NAMES,
  GRAPH_QUERY_NAMES,
  graphQueries,
  judgeTraffic,
} = meshCommon;
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
    graphQueries(WINDOW_SECONDS, EXTRA_QUERY_NAMES),
    { timeMilliseconds },
  );
  assert.deepEqual(failures, {});
  assert.deepEqual(
    Object.keys(answers).sort(),
    [...GRAPH_QUERY_NAMES, ...EXTRA_QUERY_NAMES].sort(),
  );
  return buildGraph({
    clusters: [{ name: 'kepler-sh', series: answers, objects: {} }],
    options: { graphType, namespaces: [] },
  });
}

const ids = items => items.map(({ id }) => id).sort();

/** How often the sandbox counts what passed over connections. */
const COUNT_SECONDS = 1;

/**
 * What one request more or less at the edge of a window makes of a figure:
 * counters are whole numbers, and a minute of a quiet edge has few. Where no
 * requests are counted, bytes are, once a second, and one such count may fall
 * to either side. Rates are extrapolated to the window, so each weighs a
 * little more than itself.
 */
function grainOf(value, requestsPerSecond) {
  const countsPerSecond = requestsPerSecond || 1 / COUNT_SECONDS;
  return (value / countsPerSecond / WINDOW_SECONDS) * 1.2;
}

function assertClose(actual, expected, what, grain) {
  if (actual === undefined || expected === undefined) {
    assert.equal(actual, expected, what);
    return;
  }
  const difference = Math.abs(actual - expected);
  const allowed = TOLERANCE * Math.max(Math.abs(expected), 0.05) + grain;
  assert.ok(
    difference <= allowed,
    `${what}: ${actual} against ${expected}, allowed ${allowed}`,
  );
}

/** How far the rate of one kind of answer may lie from the other sampling's. */
function allowedOf(requestsPerSecond) {
  return TOLERANCE * requestsPerSecond + 1.2 / WINDOW_SECONDS;
}

const keyOf = ({ protocol, code, flags }) => `${protocol} ${code} ${flags}`;

/** The answers of both samplings side by side; what one did not see had a rate of 0. */
function pairResponses(real, own) {
  const pairs = new Map();
  for (const response of own) {
    pairs.set(keyOf(response), { ...response, other: 0 });
  }
  for (const response of real) {
    const pair = pairs.get(keyOf(response)) ?? {
      ...response,
      requestsPerSecond: 0,
    };
    pairs.set(keyOf(response), { ...pair, other: response.requestsPerSecond });
  }
  return [...pairs.values()];
}

function isFailure({ protocol, code }) {
  return protocol === 'grpc' ? code !== '0' : !/^[123]/.test(code);
}

/**
 * The states that the failures of an edge can be judged as: a share that lies
 * at a limit, or one failure at the edge of the window, may fall to either
 * side, and nothing else may.
 */
function statesWithin(traffic, pairs) {
  return [-1, 0, 1].map(
    side =>
      judgeTraffic({
        ...traffic,
        responses: pairs
          .map(pair => ({
            ...pair,
            requestsPerSecond: isFailure(pair)
              ? Math.max(
                  0,
                  pair.requestsPerSecond +
                    side * allowedOf(pair.requestsPerSecond),
                )
              : pair.requestsPerSecond,
          }))
          .filter(({ requestsPerSecond }) => requestsPerSecond > 0),
      })?.state,
  );
}

function assertSameHealth(real, own) {
  const pairs = pairResponses(real.traffic.responses, own.traffic.responses);
  for (const pair of pairs) {
    const difference = Math.abs(pair.other - pair.requestsPerSecond);
    const allowed = allowedOf(pair.requestsPerSecond);
    assert.ok(
      difference <= allowed,
      `${own.id} ${keyOf(pair)}: ${pair.other} against ${
        pair.requestsPerSecond
      }, allowed ${allowed}`,
    );
  }
  if (real.health.state !== own.health.state) {
    const states = statesWithin(own.traffic, pairs);
    assert.ok(
      states.includes(real.health.state),
      `${own.id} is ${real.health.state} against ${
        own.health.state
      }, and may be ${states.join(', ')}`,
    );
  }
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
          'sentMessagesPerSecond',
          'receivedMessagesPerSecond',
          'requestBytesPerSecond',
          'responseBytesPerSecond',
          'mutualTlsShare',
        ]) {
          const expected = edge.traffic[figure];
          assertClose(
            other.traffic[figure],
            expected,
            `${edge.id} ${figure}`,
            // A share of all is not moved by one of them.
            figure === 'mutualTlsShare' || expected === undefined
              ? 0
              : grainOf(expected, edge.traffic.requestsPerSecond),
          );
        }
        assertSameHealth(other, edge);
        assert.equal(other.layer, edge.layer, edge.id);
        assert.equal(other.reporter, edge.reporter, edge.id);
        assert.deepEqual(other.hosts, edge.hosts, edge.id);
        assert.deepEqual(other.principals, edge.principals, edge.id);
        assert.deepEqual(
          other.operations?.map(({ name }) => name).sort(),
          edge.operations?.map(({ name }) => name).sort(),
          edge.id,
        );
      }
    });
  }
});
