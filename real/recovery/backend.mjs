import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startPortal } from '../../scripts/lib/portal.mjs';
import { freePorts } from '../../scripts/lib/ports.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const STALE_SECONDS = 3;

const configOf = directory => `backend:
  database:
    connection:
      directory: ${JSON.stringify(directory)}
scaffolder:
  taskRecovery:
    staleTimeout: { seconds: ${STALE_SECONDS} }
`;

const WANTED = ['user/default/chen', 'template/default/new-node-service'];

/** As a guest sees it; nobody can sign in who is not there yet. */
async function isInCatalog(backendUrl, entity) {
  const guest = await fetch(`${backendUrl}/api/auth/guest/refresh`, {
    method: 'POST',
  });
  const { backstageIdentity } = await guest.json();
  const answer = await fetch(
    `${backendUrl}/api/catalog/entities/by-name/${entity}`,
    { headers: { Authorization: `Bearer ${backstageIdentity?.token}` } },
  );
  return answer.ok;
}

/**
 * A sandbox, and a backend whose database outlives it: `kill` ends the
 * backend's whole process group as a machine that fails would, `start` begins
 * it again on the same database.
 */
export async function startMortalBackend() {
  const directory = await mkdtemp(join(tmpdir(), 'orrery-recovery-'));
  const configFile = join(directory, 'app-config.recovery.yaml');
  await writeFile(configFile, configOf(directory));
  const { sandbox: sandboxPort, backend: backendPort } = await freePorts();
  // People sign in from the origin of the app, which is not started here.
  const ports = {
    sandbox: sandboxPort,
    backend: backendPort,
    app: backendPort,
  };
  const options = {
    root,
    ports,
    say: () => undefined,
    configFiles: [configFile],
  };
  const sandbox = await startPortal({ ...options, only: ['sandbox'] });
  await sandbox.ready();
  const backendUrl = `http://localhost:${backendPort}`;
  let backend;
  const start = async () => {
    backend = await startPortal({ ...options, only: ['backend'] });
  };
  return {
    sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
    backendUrl,
    start,
    /** Waits for people and templates to be in the catalog. */
    async ready() {
      await backend.ready();
      for (const entity of WANTED) {
        while (!(await isInCatalog(backendUrl, entity))) {
          await setTimeout(300);
        }
      }
    },
    async kill() {
      const [service] = backend.services;
      process.kill(-service.pid, 'SIGKILL');
      await service.exit;
    },
    async stop() {
      await backend?.stop();
      await sandbox.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
