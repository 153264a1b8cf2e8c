import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

/**
 * The same spans in the sandbox's Zipkin and in a real one must be found by
 * the same questions.
 */
const sandbox = `${process.env.ORRERY_REAL_SANDBOX}/zipkin/api/v2`;
const real = `${process.env.ORRERY_REAL_ZIPKIN}/api/v2`;

const WINDOW = 40_000;
/** Requests near the ends of the window are in one store as a part only. */
const MARGIN = 4_000;

async function get(base, path) {
  const response = await fetch(`${base}${path}`);
  assert.ok(response.ok, `${path}: ${response.status}`);
  return response.json();
}

async function post(spans) {
  const response = await fetch(`${real}/spans`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(spans),
  });
  assert.equal(response.status, 202, await response.text());
}

const startOf = trace =>
  Math.min(...trace.map(span => span.timestamp ?? Infinity)) / 1000;

const spanKey = span =>
  [span.traceId, span.id, span.kind, span.shared ?? false].join(' ');

describe('Zipkin', () => {
  let endTs;
  let traces;
  let sandboxLinks;
  let inside;

  const readLinks = base =>
    get(base, `/dependencies?endTs=${endTs}&lookback=${WINDOW}`).then(
      found =>
        new Map(found.map(link => [`${link.parent} ${link.child}`, link])),
    );

  before(async () => {
    endTs = Date.now() - 10_000;
    // Both at one moment: calls that end later are in neither of them.
    [traces, sandboxLinks] = await Promise.all([
      get(sandbox, `/traces?endTs=${endTs}&lookback=${WINDOW}&limit=10000`),
      readLinks(sandbox),
    ]);
    assert.ok(traces.length > 100, `${traces.length} traces`);
    for (let at = 0; at < traces.length; at += 100) {
      await post(traces.slice(at, at + 100).flat());
    }
    inside = new Set(
      traces
        .filter(trace => {
          const start = startOf(trace);
          return start > endTs - WINDOW + MARGIN && start < endTs - MARGIN;
        })
        .map(([{ traceId }]) => traceId),
    );
    // Its memory is written to beside the answer.
    await new Promise(resolve => {
      setTimeout(resolve, 2000);
    });
  });

  const idsOf = (base, query) =>
    get(
      base,
      `/traces?endTs=${endTs}&lookback=${WINDOW}&limit=10000&${query}`,
    ).then(found =>
      found
        .map(([{ traceId }]) => traceId)
        .filter(id => inside.has(id))
        .sort(),
    );

  async function services() {
    return (await get(real, '/services')).filter(name => name !== 'unknown');
  }

  it('knows every service, and the names of its spans', async () => {
    const known = await get(sandbox, '/services');
    const found = await services();
    assert.ok(found.length > 5, found.join());
    for (const name of found) {
      assert.ok(known.includes(name), name);
      const query = `?serviceName=${encodeURIComponent(name)}`;
      const names = await get(sandbox, `/spans${query}`);
      for (const span of await get(real, `/spans${query}`)) {
        assert.ok(names.includes(span), `${name} ${span}`);
      }
      const others = await get(sandbox, `/remoteServices${query}`);
      for (const other of await get(real, `/remoteServices${query}`)) {
        assert.ok(others.includes(other), `${name} ${other}`);
      }
    }
  });

  it('finds the same traces by service, duration, tags and span', async () => {
    let compared = 0;
    for (const name of await services()) {
      const service = `serviceName=${encodeURIComponent(name)}`;
      const [span] = await get(real, `/spans?${service}`);
      const queries = [
        service,
        `${service}&minDuration=50000`,
        `${service}&minDuration=1000&maxDuration=30000`,
        `${service}&annotationQuery=error`,
        `${service}&annotationQuery=${encodeURIComponent(
          'http.status_code=200',
        )}`,
        `${service}&annotationQuery=${encodeURIComponent(
          'http.method=POST and http.status_code=200',
        )}`,
        `${service}&spanName=${encodeURIComponent(span ?? 'all')}`,
      ];
      for (const query of queries) {
        const expected = await idsOf(real, query);
        compared += expected.length;
        assert.deepEqual(await idsOf(sandbox, query), expected, query);
      }
    }
    assert.ok(compared > 500, `${compared} traces compared`);
  });

  it('answers a trace with the same spans', async () => {
    for (const traceId of [...inside].slice(0, 20)) {
      const [here, there] = [
        await get(sandbox, `/trace/${traceId}`),
        await get(real, `/trace/${traceId}`),
      ];
      assert.deepEqual(here.map(spanKey).sort(), there.map(spanKey).sort());
    }
  });

  it('says no in the same way', async () => {
    for (const path of ['/trace/ffffffffffffffff', '/trace/xyz']) {
      const [here, there] = await Promise.all(
        [sandbox, real].map(base => fetch(`${base}${path}`)),
      );
      assert.equal(here.status, there.status, path);
    }
  });

  it('counts the same dependencies', async () => {
    const [here, there] = [sandboxLinks, await readLinks(real)];
    assert.deepEqual([...here.keys()].sort(), [...there.keys()].sort());
    for (const [key, link] of there) {
      assert.deepEqual(here.get(key), link);
    }
  });
});
