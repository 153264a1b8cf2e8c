import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { run } from './lib/command.mjs';
import { ensureRegistry } from './lib/registry-binary.mjs';
import { freePort, startServer } from './lib/server-process.mjs';

/**
 * Starts a real, empty image registry on loopback that lets everybody push
 * and delete.
 *
 * @param {object} options
 * @param {string} options.cacheDirectory where a fetched binary is kept
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<{ url: string, version: string, stop: () => Promise<void> }>}
 */
export async function startRegistry({ cacheDirectory, log = () => {} }) {
  const command = await ensureRegistry({ cacheDirectory, log });
  const directory = await mkdtemp(join(tmpdir(), 'orrery-registry-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const file = join(directory, 'config.yml');
  await writeFile(
    file,
    stringify({
      version: '0.1',
      log: { level: 'warn' },
      storage: {
        filesystem: { rootdirectory: join(directory, 'data') },
        delete: { enabled: true },
      },
      http: { addr: `127.0.0.1:${port}` },
    }),
  );
  const version =
    /\d+\.\d+\.\d+/.exec(await run(command, ['--version']))?.[0] ?? 'unknown';
  const server = startServer({
    name: 'docker-registry',
    command,
    args: ['serve', file],
    cwd: directory,
    logFile: join(directory, 'registry.log'),
  });
  const stop = async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await server.ready(async () => (await fetch(`${url}/v2/`)).ok, 30);
    log(`docker-registry ${version} is ready at ${url}`);
    return { url, version, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
