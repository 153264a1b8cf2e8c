/**
 * What a search costs beyond what the log store itself takes: the same
 * question through the backend, with permission and isolation, and directly,
 * one after the other in one run.
 */
import { freePorts } from '../lib/ports.mjs';
import { startPortal } from '../lib/portal.mjs';
import { guestToken, note, report, root, sleep } from './support.mjs';

const ROUNDS = 120;
const LINES = 100;

const percentile = (values, share) =>
  [...values].sort((left, right) => left - right)[
    Math.floor((values.length - 1) * share)
  ];

const ports = await freePorts();
const portal = await startPortal({
  root,
  ports,
  say: note,
  only: ['sandbox', 'backend'],
});
try {
  await portal.ready();
  const token = await guestToken(ports.backend);
  // Some minutes of lines are told in the first seconds.
  await sleep(45_000);
  const store = `http://127.0.0.1:${ports.sandbox}/elasticsearch/filebeat-*/_search`;
  const to = new Date(Math.floor(Date.now() / 1000) * 1000 - 5000);
  const from = new Date(to.getTime() - 5 * 60_000);

  async function timed(ask) {
    const startedAt = performance.now();
    const response = await ask();
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${response.status}: ${text.slice(0, 300)}`);
    }
    return { milliseconds: performance.now() - startedAt, text };
  }

  const through = round =>
    timed(() =>
      fetch(
        `http://localhost:${
          ports.backend
        }/api/logs/search?${new URLSearchParams({
          cluster: 'kepler-sh',
          namespaces: 'wealth',
          from: from.toISOString(),
          to: new Date(to.getTime() - round * 100).toISOString(),
          query: 'served and not log.level: error',
          limit: String(LINES),
        })}`,
        { headers: { Authorization: `Bearer ${token}` } },
      ),
    );

  const directly = round =>
    timed(() =>
      fetch(store, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          size: LINES,
          track_total_hits: 10_000,
          sort: ['@timestamp', 'kubernetes.pod.name', 'log.offset'].map(
            field => ({ [field]: 'desc' }),
          ),
          highlight: {
            fields: { message: {} },
            number_of_fragments: 0,
            pre_tags: ['<'],
            post_tags: ['>'],
          },
          query: {
            bool: {
              filter: [
                {
                  range: {
                    '@timestamp': {
                      gte: from.toISOString(),
                      lt: new Date(to.getTime() - round * 100).toISOString(),
                    },
                  },
                },
                { term: { 'kubernetes.namespace': 'wealth' } },
                { match: { message: { query: 'served', operator: 'and' } } },
                { bool: { must_not: [{ term: { 'log.level': 'error' } }] } },
              ],
            },
          },
        }),
      }),
    );

  const found = JSON.parse((await through(0)).text).lines.length;
  if (found !== LINES) {
    throw new Error(`Expected ${LINES} lines, got ${found}`);
  }
  const [ours, theirs] = [[], []];
  for (let round = 1; round <= ROUNDS; round++) {
    theirs.push((await directly(round)).milliseconds);
    ours.push((await through(round)).milliseconds);
  }
  for (const [name, share] of [
    ['p50', 0.5],
    ['p95', 0.95],
  ]) {
    report(`logs.search.direct.${name}`, percentile(theirs, share), 'ms');
    report(`logs.search.through.${name}`, percentile(ours, share), 'ms');
    report(
      `logs.search.overhead.${name}`,
      percentile(ours, share) - percentile(theirs, share),
      'ms',
      name === 'p95' ? { limit: 20 } : {},
    );
  }
} finally {
  await portal.stop();
}
