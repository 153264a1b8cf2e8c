import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consulVersion, ensureConsul } from './lib/consul-binary.mjs';
import { freePort, startServer } from './lib/server-process.mjs';

/**
 * Starts a real Consul on loopback: one server in memory, with ACLs that deny
 * by default.
 *
 * @param {object} options
 * @param {string} options.cacheDirectory where the built server is kept
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<{ url: string, token: string, version: string, stop: () => Promise<void> }>}
 */
export async function startConsul({ cacheDirectory, log = () => {} }) {
  const command = await ensureConsul({ cacheDirectory, log });
  const directory = await mkdtemp(join(tmpdir(), 'orrery-consul-'));
  const token = randomUUID();
  const port = await freePort();
  await writeFile(
    join(directory, 'consul.json'),
    JSON.stringify({
      bind_addr: '127.0.0.1',
      ports: {
        http: port,
        server: await freePort(),
        serf_lan: await freePort(),
        serf_wan: -1,
        dns: -1,
        grpc: -1,
        grpc_tls: -1,
      },
      acl: {
        enabled: true,
        default_policy: 'deny',
        tokens: { initial_management: token, agent: token },
      },
    }),
  );
  const url = `http://127.0.0.1:${port}`;
  const server = startServer({
    name: 'consul',
    command,
    cwd: directory,
    logFile: join(directory, 'consul.log'),
    args: ['agent', '-dev', '-config-file', 'consul.json'],
  });
  const stop = async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    // A leader alone is not enough: the first token comes a moment later.
    await server.ready(async () => {
      const response = await fetch(`${url}/v1/acl/token/self`, {
        headers: { 'X-Consul-Token': token },
      });
      return response.ok;
    }, 60);
    log(`consul ${consulVersion} is ready at ${url}`);
    return { url, token, version: consulVersion, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
