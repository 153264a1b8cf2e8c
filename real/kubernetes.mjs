import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureEtcd } from './lib/etcd-binary.mjs';
import { createClient } from './lib/http-client.mjs';
import { loadDeliveryCrds } from './lib/delivery-crds.mjs';
import { loadIstioCrds } from './lib/istio-crds.mjs';
import {
  ensureApiServer,
  kubernetesVersion,
} from './lib/kube-apiserver-binary.mjs';
import { freePort, startServer } from './lib/server-process.mjs';

async function startEtcd(directory, command) {
  const [client, peer] = [await freePort(), await freePort()];
  const [clientUrl, peerUrl] = [client, peer].map(
    port => `http://127.0.0.1:${port}`,
  );
  const server = startServer({
    name: 'etcd',
    command,
    cwd: directory,
    logFile: join(directory, 'etcd.log'),
    args: [
      ['data-dir', join(directory, 'etcd')],
      ['listen-client-urls', clientUrl],
      ['advertise-client-urls', clientUrl],
      ['listen-peer-urls', peerUrl],
      ['initial-advertise-peer-urls', peerUrl],
      ['initial-cluster', `default=${peerUrl}`],
      ['log-level', 'warn'],
      // A test's data need not survive a power cut.
      ['unsafe-no-fsync', 'true'],
    ].map(([name, value]) => `--${name}=${value}`),
  });
  await server.ready(async () => (await fetch(`${clientUrl}/health`)).ok, 30);
  return { server, url: clientUrl };
}

async function startApiServer({ directory, binary, etcdUrl, tokens }) {
  const port = await freePort();
  const keyFile = join(directory, 'service-accounts.key');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(keyFile, privateKey.export({ type: 'pkcs1', format: 'pem' }));
  const tokenFile = join(directory, 'tokens.csv');
  await writeFile(
    tokenFile,
    `${tokens.admin},admin,1,"system:masters"\n${tokens.viewer},viewer,2,"viewers"\n`,
    { mode: 0o600 },
  );
  const server = startServer({
    name: 'kube-apiserver',
    command: binary,
    cwd: directory,
    logFile: join(directory, 'kube-apiserver.log'),
    args: [
      ['etcd-servers', etcdUrl],
      ['bind-address', '127.0.0.1'],
      ['secure-port', port],
      ['cert-dir', join(directory, 'certificates')],
      ['token-auth-file', tokenFile],
      ['authorization-mode', 'RBAC'],
      ['service-cluster-ip-range', '10.96.0.0/16'],
      ['service-account-key-file', keyFile],
      ['service-account-signing-key-file', keyFile],
      ['service-account-issuer', 'https://kubernetes.default.svc'],
      // No controller manager runs, so nobody would make the default account.
      ['disable-admission-plugins', 'ServiceAccount'],
      ['endpoint-reconciler-type', 'none'],
      // Compaction is asked for by the tests that need it.
      ['etcd-compaction-interval', '0'],
      // Pages come from etcd, so that compaction makes them too old.
      ['feature-gates', 'ListFromCacheSnapshot=false'],
      // One kind is watched at etcd itself, which forgets what is compacted.
      ['watch-cache-sizes', 'limitranges#0'],
    ].map(([name, value]) => `--${name}=${value}`),
  });
  const url = `https://127.0.0.1:${port}`;
  const caFile = join(directory, 'certificates', 'apiserver.crt');
  try {
    await server.ready(async () => {
      const client = createClient({ url, token: tokens.admin, caFile });
      return (await client.request('GET', '/readyz')).code === 200;
    }, 90);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { server, url, caFile };
}

async function loadDefinitions(client, definitions) {
  for (const definition of definitions) {
    const { code, body } = await client.request(
      'POST',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      { body: definition },
    );
    if (code !== 201) {
      throw new Error(
        `${definition.metadata.name} was refused: ${code} ${body.message}`,
      );
    }
  }
  const deadline = Date.now() + 30_000;
  for (const { spec } of definitions) {
    const [version] = spec.versions;
    const path = `/apis/${spec.group}/${version.name}/${spec.names.plural}`;
    while ((await client.request('GET', path)).code !== 200) {
      if (Date.now() > deadline) {
        throw new Error(`${spec.names.plural}.${spec.group} is not served`);
      }
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  }
}

/**
 * Starts a real etcd and kube-apiserver on loopback with the custom resource
 * definitions of Istio, Argo Rollouts and Flagger loaded. No controllers run: Deployments make no pods.
 *
 * @param {{ cacheDirectory: string, log: (line: string) => void }} options
 *   where binaries and definitions are kept between runs, and where progress goes
 * @returns {Promise<{ url: string, caFile: string, version: string, etcdUrl: string,
 *   tokens: { admin: string, viewer: string }, stop: () => Promise<void> }>}
 *   `admin` may do everything (group `system:masters`), `viewer` (user `viewer`,
 *   group `viewers`) nothing until a binding lets it
 */
export async function startKubernetes({ cacheDirectory, log }) {
  const binary = await ensureApiServer({ cacheDirectory, log });
  const etcdBinary = await ensureEtcd({ cacheDirectory, log });
  const definitions = [
    ...(await loadIstioCrds({ cacheDirectory, log })),
    ...(await loadDeliveryCrds({ cacheDirectory, log })),
  ];
  const directory = await mkdtemp(join(tmpdir(), 'orrery-kubernetes-'));
  const tokens = {
    admin: randomBytes(16).toString('hex'),
    viewer: randomBytes(16).toString('hex'),
  };
  const etcd = await startEtcd(directory, etcdBinary);
  let api;
  const stop = async () => {
    await api?.server.stop();
    await etcd.server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    api = await startApiServer({
      directory,
      binary,
      etcdUrl: etcd.url,
      tokens,
    });
    const { url, caFile } = api;
    const client = createClient({ url, token: tokens.admin, caFile });
    await loadDefinitions(client, definitions);
    log(`kube-apiserver ${kubernetesVersion} is ready at ${url}`);
    return {
      url,
      caFile,
      tokens,
      version: kubernetesVersion,
      etcdUrl: etcd.url,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
