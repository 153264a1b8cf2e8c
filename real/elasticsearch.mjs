import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { realpath } from 'node:fs/promises';
import { findCommand, run } from './lib/command.mjs';
import { ensureArtifact, findJava } from './lib/maven.mjs';
import { freePort, startServer } from './lib/server-process.mjs';

/**
 * The engines that log stores are tested with. These archives hold the server
 * without most of its modules: there is no `auto_date_histogram`, and
 * Elasticsearch 8 has no answer to `GET /`.
 */
export const LOG_STORES = [
  {
    product: 'elasticsearch',
    version: '7.17.9',
    artifact:
      'org.elasticsearch.distribution.integ-test-zip:elasticsearch:7.17.9:zip',
  },
  {
    product: 'elasticsearch',
    version: '8.15.0',
    artifact:
      'org.elasticsearch.distribution.integ-test-zip:elasticsearch:8.15.0:zip',
  },
  {
    product: 'opensearch',
    version: '2.19.1',
    artifact:
      'org.opensearch.distribution.integ-test-zip:opensearch:2.19.1:zip',
  },
];

/** These servers refuse to run as root; then they run as nobody. */
const NOBODY = 65534;

async function unpack({ archive, directory, product }) {
  const unzip = await findCommand('unzip');
  if (!unzip) {
    throw new Error(
      'unzip is needed: install it (Debian: apt-get install unzip)',
    );
  }
  await run(unzip, ['-q', archive, '-d', directory]);
  const name = (await readdir(directory)).find(entry =>
    entry.startsWith(product),
  );
  return join(directory, name);
}

/** `java`'s home: the directory that holds `bin`. */
async function javaHome() {
  return dirname(dirname(await realpath(await findJava())));
}

async function giveAway(directory) {
  await run('chown', ['-R', `${NOBODY}:${NOBODY}`, directory]);
  await chown(directory, NOBODY, NOBODY);
}

/**
 * Starts a real log store on loopback.
 *
 * @param {object} options
 * @param {(typeof LOG_STORES)[number]} options.store
 * @param {string} options.cacheDirectory where the fetched archive is kept
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<{ url: string, product: string, version: string, stop: () => Promise<void> }>}
 */
export async function startLogStore({ store, cacheDirectory, log = () => {} }) {
  const { product, version, artifact } = store;
  const home = await javaHome();
  const archive = await ensureArtifact({
    artifact,
    directory: join(cacheDirectory, 'log-stores'),
    log,
  });
  const directory = await mkdtemp(join(tmpdir(), `orrery-${product}-`));
  const installed = await unpack({ archive, directory, product });
  const [port, transport] = [await freePort(), await freePort()];
  const settings = {
    'discovery.type': 'single-node',
    'network.host': '127.0.0.1',
    'http.port': port,
    'transport.port': transport,
    'path.data': join(directory, 'data'),
    'path.logs': join(directory, 'logs'),
    // A test's indexes are small whatever the disk.
    'cluster.routing.allocation.disk.threshold_enabled': 'false',
    ...(product === 'elasticsearch' && { 'xpack.security.enabled': 'false' }),
  };
  const args = Object.entries(settings).flatMap(([key, value]) => [
    '-E',
    `${key}=${value}`,
  ]);
  const binary = join(installed, 'bin', product);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    await giveAway(directory);
  }
  const url = `http://127.0.0.1:${port}`;
  const heap = '-Xms512m -Xmx512m';
  const server = startServer({
    name: `${product} ${version}`,
    command: 'env',
    cwd: installed,
    logFile: join(tmpdir(), `orrery-${product}-${version}.log`),
    args: [
      `ES_JAVA_HOME=${home}`,
      `OPENSEARCH_JAVA_HOME=${home}`,
      `ES_JAVA_OPTS=${heap}`,
      `OPENSEARCH_JAVA_OPTS=${heap}`,
      ...(isRoot
        ? [
            'setpriv',
            `--reuid=${NOBODY}`,
            `--regid=${NOBODY}`,
            '--clear-groups',
          ]
        : []),
      binary,
      ...args,
    ],
  });
  const stop = async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await server.ready(
      async () => (await fetch(`${url}/_cluster/health`)).ok,
      120,
    );
    log(`${product} ${version} is ready at ${url}`);
    return { url, product, version, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
