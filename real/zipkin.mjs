import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureArtifact, findJava } from './lib/maven.mjs';
import { freePort, startServer } from './lib/server-process.mjs';

const VERSION = '3.5.1';

/**
 * Starts a real Zipkin on loopback that keeps spans in memory.
 *
 * @param {object} options
 * @param {string} options.cacheDirectory where the fetched server is kept
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<{ url: string, version: string, stop: () => Promise<void> }>}
 */
export async function startZipkin({ cacheDirectory, log = () => {} }) {
  const java = await findJava();
  const jar = await ensureArtifact({
    artifact: `io.zipkin:zipkin-server:${VERSION}:jar:exec`,
    directory: join(cacheDirectory, 'zipkin'),
    log,
  });
  const directory = await mkdtemp(join(tmpdir(), 'orrery-zipkin-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = startServer({
    name: 'zipkin',
    command: java,
    cwd: directory,
    logFile: join(directory, 'zipkin.log'),
    args: [
      '-Xmx384m',
      `-DQUERY_PORT=${port}`,
      '-Darmeria.serverAddress=127.0.0.1',
      '-jar',
      jar,
    ],
  });
  const stop = async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await server.ready(async () => (await fetch(`${url}/health`)).ok, 90);
    log(`zipkin ${VERSION} is ready at ${url}`);
    return { url, version: VERSION, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
