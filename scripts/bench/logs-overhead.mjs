/**
 * What asking through the portal costs beyond asking the log store directly:
 * the same search by turns, so that both see the same machine.
 */
import { freePorts } from '../lib/ports.mjs';
import { startPortal } from '../lib/portal.mjs';
import { guestToken, median, note, report, root, sleep } from './support.mjs';

const ROUNDS = 60;
const SIZE = 200;
const SETTLING_MILLISECONDS = 30_000;

const p95 = values =>
  [...values].sort((left, right) => left - right)[
    Math.floor(values.length * 0.95)
  ];

/** What the backend asks for the same question. */
const body = () => ({
  size: SIZE,
  track_total_hits: 10_000,
  query: {
    bool: {
      filter: [
        {
          range: {
            '@timestamp': {
              gte: new Date(Date.now() - 5 * 60_000).toISOString(),
              lte: new Date().toISOString(),
            },
          },
        },
        { terms: { 'kubernetes.namespace': ['wealth'] } },
      ],
    },
  },
  sort: [
    { '@timestamp': { order: 'desc' } },
    { 'kubernetes.pod.name': { order: 'desc' } },
    { 'log.offset': { order: 'desc' } },
  ],
});

async function timed(ask) {
  const startedAt = performance.now();
  const answer = await ask();
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${answer.status}: ${text.slice(0, 200)}`);
  }
  return performance.now() - startedAt;
}

const ports = await freePorts();
const portal = await startPortal({
  root,
  ports,
  say: note,
  only: ['sandbox', 'backend'],
});
try {
  await portal.ready();
  // A catalog that begins to be read is busier than it will ever be again.
  await sleep(SETTLING_MILLISECONDS);
  const token = await guestToken(ports.backend);
  const direct = () =>
    fetch(
      `http://127.0.0.1:${ports.sandbox}/elasticsearch/filebeat-*/_search`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body()),
      },
    );
  const through = () =>
    fetch(
      `http://localhost:${ports.backend}/api/logs/search?cluster=kepler-sh&namespaces=wealth&from=now-5m&limit=${SIZE}`,
      { headers: { Authorization: `Bearer ${token}` } },
    );
  const times = { direct: [], through: [] };
  // The first questions pay for what is kept afterwards.
  for (let round = -5; round < ROUNDS; round += 1) {
    const one = await timed(direct);
    const other = await timed(through);
    if (round >= 0) {
      times.direct.push(one);
      times.through.push(other);
    }
    await sleep(50);
  }
  note(
    `  median: ${median(times.direct).toFixed(1)} ms directly, ${median(
      times.through,
    ).toFixed(1)} ms through the portal; p95: ${p95(times.direct).toFixed(
      1,
    )} ms directly, ${p95(times.through).toFixed(1)} ms through the portal`,
  );
  report(
    'logs.search.overhead.p95',
    p95(times.through) - p95(times.direct),
    'ms',
    { limit: 20 },
  );
} finally {
  await portal.stop();
}
