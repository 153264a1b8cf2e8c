/** What the sandbox costs. */
import { freePorts } from '../lib/ports.mjs';
import { startPortal } from '../lib/portal.mjs';
import { note, report, root, sleep } from './support.mjs';

const SETTLED_MILLISECONDS = 60_000;

for (const [name, sandboxArguments, limit] of [
  ['default', [], 300],
  ['1000', ['--services', '1000'], 1200],
]) {
  const ports = await freePorts();
  const portal = await startPortal({
    root,
    ports,
    say: note,
    only: ['sandbox'],
    sandboxArguments,
  });
  try {
    await portal.ready();
    await sleep(SETTLED_MILLISECONDS);
    const url = `http://127.0.0.1:${ports.sandbox}`;
    await fetch(
      `${url}/prometheus/api/v1/query?query=${encodeURIComponent(
        'sum by (source_workload) (rate(istio_requests_total[1m]))',
      )}`,
    );
    const status = await (await fetch(`${url}/status`)).json();
    report(`sandbox.memory.${name}`, status.residentBytes / 1e6, 'MB', {
      limit,
    });
    report(`sandbox.tick.${name}`, status.tick.maxMilliseconds, 'ms', {
      limit: 50,
    });
  } finally {
    await portal.stop();
  }
}
