/**
 * Starts the portal on its sandbox: `npm start`. Arguments are the sandbox's,
 * such as `--services 1000`; `--clusters 2` brings the configuration that the
 * second cluster needs.
 */
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { refuseNode } from './lib/node-version.mjs';
import { readPorts } from './lib/ports.mjs';
import { startPortal } from './lib/portal.mjs';
import { fail, say } from './lib/say.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const refusal = refuseNode(process.versions.node);
if (refusal) {
  fail(refusal);
}
await ensureInstalled(root);
const ports = await readPorts(process.env);
const sandboxArguments = process.argv.slice(2);
const clustersAt = sandboxArguments.indexOf('--clusters');
const hasTwoClusters =
  clustersAt >= 0 && sandboxArguments[clustersAt + 1] === '2';
say('Starting the sandbox, the backend and the app (logs in .cache/logs)…');
const startedAt = Date.now();
const portal = await startPortal({
  root,
  ports,
  say,
  sandboxArguments,
  configFiles: hasTwoClusters
    ? [join(root, 'app-config.two-clusters.yaml')]
    : [],
});

let stopping = false;
async function end(code) {
  if (!stopping) {
    stopping = true;
    say('\nStopping…');
    await portal.stop();
    process.exit(code);
  }
}
process.on('SIGINT', () => end(0));
process.on('SIGTERM', () => end(0));

try {
  await portal.ready();
} catch (error) {
  if (!stopping) {
    process.stderr.write(`\n${error.message}\n`);
    await end(1);
  }
}
if (!stopping) {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  say(
    `\nOrrery is ready after ${seconds} s: http://localhost:${ports.app}/mesh`,
  );
  const dead = await Promise.race(
    portal.services.map(async service => ({
      service,
      reason: await service.exit,
    })),
  );
  if (!stopping) {
    process.stderr.write(
      `\nThe ${dead.service.name} ended (${
        dead.reason
      }):\n${await dead.service.tail()}\n`,
    );
    await end(1);
  }
}
