import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Prints one result as a JSON line. `limit` and `atLeast` are optional bounds. */
export function report(name, value, unit, bounds = {}) {
  const rounded = Number(value.toPrecision(4));
  process.stdout.write(
    `${JSON.stringify({ name, value: rounded, unit, ...bounds })}\n`,
  );
}

/** The middle of some numbers. */
export function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)];
}

export const sleep = milliseconds =>
  new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });

/** Progress goes to stderr, so that stdout is JSON lines only. */
export const note = text => process.stderr.write(`${text}\n`);

/** Forwards to an upstream and counts the queries on their way. */
export async function countingProxy(upstream) {
  let queries = 0;
  const server = createServer((incoming, outgoing) => {
    if (incoming.url.includes('/api/v1/query')) {
      queries += 1;
    }
    const target = new URL(upstream + incoming.url);
    const forward = request(
      target,
      {
        method: incoming.method,
        headers: { ...incoming.headers, host: target.host },
      },
      answer => {
        outgoing.writeHead(answer.statusCode, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forward.on('error', () => outgoing.destroy());
    incoming.pipe(forward);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    count: () => queries,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Writes configuration that is read after the repository's own. */
export async function writeConfig(name, config) {
  const file = join(root, '.cache', name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(config));
  return file;
}

/** Resident memory of the largest process of a group, in MB. */
export async function largestResident(groupId) {
  let largest = 0;
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) {
      continue;
    }
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // The name may hold spaces; fields count from behind its closing bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(fields[2]) === groupId) {
      largest = Math.max(largest, (Number(fields[21]) * 4096) / 1e6);
    }
  }
  return largest;
}

/** A guest's token. */
export async function guestToken(backendPort) {
  const response = await fetch(
    `http://localhost:${backendPort}/api/auth/guest/refresh`,
    { method: 'POST' },
  );
  return (await response.json()).backstageIdentity.token;
}
