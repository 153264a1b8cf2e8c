/**
 * Starts the portal on its sandbox: `npm start`. Arguments are the sandbox's,
 * such as `--services 1000`.
 */
import { fileURLToPath } from 'node:url';
import { dirname } from 'node:path';
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
say('Starting the sandbox, the backend and the app (logs in .cache/logs)…');
const startedAt = Date.now();
const portal = await startPortal({
  root,
  ports,
  say,
  sandboxArguments: process.argv.slice(2),
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
