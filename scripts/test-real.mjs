/**
 * The same contracts on real servers: `npm run test:real`. What a machine
 * cannot start is skipped by name, with how to get it.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startConsul } from '../real/consul.mjs';
import { runKubernetesContract } from '../real/contract.mjs';
import { LOG_STORES, startLogStore } from '../real/elasticsearch.mjs';
import { startKubernetes } from '../real/kubernetes.mjs';
import { ensurePrometheus } from '../real/lib/prometheus-binary.mjs';
import { startGitServer } from '../real/git-server.mjs';
import { startPrometheus } from '../real/prometheus.mjs';
import { LANGUAGES } from '../real/templates/languages.mjs';
import { startRegistry } from '../real/registry.mjs';
import { startZipkin } from '../real/zipkin.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runJestFiles } from './lib/jest.mjs';
import { refuseNode } from './lib/node-version.mjs';
import { runNodeTests } from './lib/node-test.mjs';
import { freePorts } from './lib/ports.mjs';
import { startService } from './lib/processes.mjs';
import { createResults } from './lib/results.mjs';
import { fail, say } from './lib/say.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const refusal = refuseNode(process.versions.node);
if (refusal) {
  fail(refusal);
}
await ensureInstalled(root);

const results = createResults();
const stops = [];

function record(counts) {
  results.add(counts);
  counts.failures.forEach(results.fail);
}

/** Starts a server, or skips what needs it. */
async function startOrSkip(name, start) {
  try {
    const server = await start();
    stops.push(server.stop);
    return server;
  } catch (error) {
    results.add({ skipped: 1 });
    results.skip(name, error.message);
    return undefined;
  }
}

async function startSandbox() {
  const { sandbox } = await freePorts();
  const service = await startService({
    name: 'sandbox',
    command: join(root, 'node_modules/.bin/tsx'),
    args: ['src/main.ts', '--port', String(sandbox)],
    cwd: join(root, 'packages/sandbox'),
    env: process.env,
    logFile: join(root, '.cache/logs/sandbox-real.log'),
  });
  stops.push(service.stop);
  const url = `http://127.0.0.1:${sandbox}`;
  for (let attempt = 0; attempt < 300; attempt++) {
    if (service.ended) {
      throw new Error(`The sandbox ended:\n${await service.tail()}`);
    }
    const isUp = await fetch(`${url}/healthz`).then(
      response => response.ok,
      () => false,
    );
    if (isUp) {
      return url;
    }
    await new Promise(resolve => {
      setTimeout(resolve, 200);
    });
  }
  throw new Error('The sandbox did not start within a minute');
}

async function prometheusTests() {
  const sandbox = await startSandbox();
  const scraping = {
    scrapeUrl: `${sandbox}/prometheus/metrics`,
    scrapeIntervalSeconds: 5,
    log: say,
  };
  const installed = await startOrSkip('tests on the installed Prometheus', () =>
    startPrometheus(scraping),
  );
  const newest = await startOrSkip('tests on Prometheus 3', async () =>
    startPrometheus({
      ...scraping,
      command: await ensurePrometheus({
        cacheDirectory: join(root, '.cache/real'),
        log: say,
      }),
    }),
  );
  if (installed) {
    say(`\n== PromQL on the sandbox and on Prometheus ${installed.version}`);
    record(
      await runJestFiles(root, 'packages/sandbox', [
        'src/prometheus/differential',
      ]),
    );
  }
  const scrapingSince = newest?.startedAt ?? installed?.startedAt ?? 0;
  // The window of the graph must be full of the real server's own samples.
  const waited = Date.now() - scrapingSince;
  await new Promise(resolve => {
    setTimeout(resolve, Math.max(0, 85_000 - waited));
  });
  for (const prometheus of [installed, newest].filter(Boolean)) {
    say(`\n== The graph from the sandbox and Prometheus ${prometheus.version}`);
    record(
      await runNodeTests({
        root,
        files: [join(root, 'real/graph/graph.real.mjs')],
        env: {
          ...process.env,
          ORRERY_REAL_PROMETHEUS: prometheus.url,
          ORRERY_REAL_SANDBOX: sandbox,
        },
      }),
    );
  }
}

/** The minute that is copied to the real stores must have passed. */
const waitForTelling = () =>
  new Promise(resolve => {
    setTimeout(resolve, 30_000);
  });

async function logTests() {
  const sandbox = await startSandbox();
  await waitForTelling();
  for (const store of LOG_STORES) {
    const name = `${store.product} ${store.version}`;
    const server = await startOrSkip(`tests on ${name}`, () =>
      startLogStore({
        store,
        cacheDirectory: join(root, '.cache/real'),
        log: say,
      }),
    );
    if (server) {
      say(`\n== Logs on the sandbox and on ${name}`);
      // The second asks what the first has copied.
      for (const part of ['store', 'kql']) {
        record(
          await runNodeTests({
            root,
            files: [join(root, `real/logs/${part}.real.mjs`)],
            env: {
              ...process.env,
              ORRERY_REAL_SANDBOX: sandbox,
              ORRERY_REAL_LOG_STORE: server.url,
            },
          }),
        );
      }
      // One at a time, for the memory.
      await server.stop();
    }
  }
}

async function traceTests() {
  const zipkin = await startOrSkip('tests on a real Zipkin', () =>
    startZipkin({ cacheDirectory: join(root, '.cache/real'), log: say }),
  );
  if (!zipkin) {
    return;
  }
  const sandbox = await startSandbox();
  await waitForTelling();
  say(`\n== Traces on the sandbox and on Zipkin ${zipkin.version}`);
  record(
    await runNodeTests({
      root,
      files: [join(root, 'real/traces/zipkin.real.mjs')],
      env: {
        ...process.env,
        ORRERY_REAL_SANDBOX: sandbox,
        ORRERY_REAL_ZIPKIN: zipkin.url,
      },
    }),
  );
}

/** Makes the empty project that the contract of git is played with; answers its address with credentials. */
async function createSandboxProject(sandbox) {
  const token = 'glpat-sandbox';
  const response = await fetch(`${sandbox}/gitlab/api/v4/projects`, {
    method: 'POST',
    headers: { 'PRIVATE-TOKEN': token, 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'contract', path: 'contract' }),
  });
  if (!response.ok) {
    throw new Error(`The sandbox made no project: ${await response.text()}`);
  }
  const { http_url_to_repo: url } = await response.json();
  return url.replace('http://', `http://oauth2:${token}@`);
}

async function forgeTests() {
  const sandbox = await startSandbox();
  const play = async (name, part, variable, value) => {
    say(`\n== ${name}`);
    record(
      await runNodeTests({
        root,
        files: [join(root, `real/forge/${part}.real.mjs`)],
        env: { ...process.env, [variable]: value },
      }),
    );
  };
  const git = await startOrSkip('tests on a real git server', startGitServer);
  if (git) {
    await play(git.version, 'git', 'ORRERY_REAL_GIT', git.url);
    const project = await createSandboxProject(sandbox);
    await play('git on the sandbox', 'git', 'ORRERY_REAL_GIT', project);
  }
  const registry = await startOrSkip('tests on a real registry', () =>
    startRegistry({ cacheDirectory: join(root, '.cache/real'), log: say }),
  );
  const places = [
    ...(registry
      ? [[`docker-registry ${registry.version}`, registry.url]]
      : []),
    ['The registry of the sandbox', `${sandbox}/registry`],
    ['The registry of the sandbox at the root', sandbox],
  ];
  for (const [name, url] of places) {
    await play(name, 'registry', 'ORRERY_REAL_REGISTRY', url);
  }
}

async function consulTests() {
  const consul = await startOrSkip('tests on a real Consul', () =>
    startConsul({ cacheDirectory: join(root, '.cache/real'), log: say }),
  );
  const sandbox = await startSandbox();
  const servers = [
    { name: 'the sandbox', url: `${sandbox}/consul`, token: 'sandbox-consul' },
    ...(consul ? [{ ...consul, name: `Consul ${consul.version}` }] : []),
  ];
  for (const { name, url, token } of servers) {
    say(`\n== Keys, transactions, sessions and policies on ${name}`);
    record(
      await runNodeTests({
        root,
        files: [join(root, 'real/consul/consul.real.mjs')],
        env: { ...process.env, CONSUL_URL: url, CONSUL_TOKEN: token },
      }),
    );
  }
}

async function recoveryTests() {
  say('\n== A backend that dies in every step of a template');
  record(
    await runNodeTests({
      root,
      files: [join(root, 'real/recovery/recovery.real.mjs')],
    }),
  );
}

async function kubernetesTests() {
  const kubernetes = await startOrSkip('tests on a real kube-apiserver', () =>
    startKubernetes({ cacheDirectory: join(root, '.cache/real'), log: say }),
  );
  if (!kubernetes) {
    return;
  }
  say(`\n== Kubernetes ${kubernetes.version}: semantics`);
  const contract = await runKubernetesContract(kubernetes);
  if (contract.failed > 0) {
    say(contract.output);
  }
  record(contract);
  say(`\n== Kubernetes ${kubernetes.version}: ClusterClient`);
  record(
    await runJestFiles(root, 'packages/backend', ['src/contract'], {
      ORRERY_CONTRACT_KUBERNETES: JSON.stringify({
        name: `kube-apiserver ${kubernetes.version}`,
        url: kubernetes.url,
        caData: readFileSync(kubernetes.caFile, 'utf8'),
        adminToken: kubernetes.tokens.admin,
        readerToken: kubernetes.tokens.viewer,
      }),
    }),
  );
}

async function templateTests() {
  for (const [language, { tools }] of Object.entries(LANGUAGES)) {
    const name = `services from the template for ${language}`;
    const isReady = await tools({
      cacheDirectory: join(root, '.cache/real'),
      log: say,
      directory: root,
    }).then(
      () => true,
      error => {
        results.add({ skipped: 1 });
        results.skip(name, error.message);
        return false;
      },
    );
    if (isReady) {
      say(`\n== ${name}`);
      record(
        await runNodeTests({
          root,
          files: [join(root, 'real/templates/services.real.mjs')],
          env: { ...process.env, ORRERY_REAL_LANGUAGE: language },
        }),
      );
    }
  }
  const kubernetes = await startOrSkip(
    'manifests of templates on a real kube-apiserver',
    () =>
      startKubernetes({ cacheDirectory: join(root, '.cache/real'), log: say }),
  );
  if (kubernetes) {
    say(`\n== Manifests of templates on Kubernetes ${kubernetes.version}`);
    record(
      await runNodeTests({
        root,
        files: [join(root, 'real/templates/manifests.real.mjs')],
        env: {
          ...process.env,
          ORRERY_REAL_KUBERNETES: JSON.stringify({
            url: kubernetes.url,
            caFile: kubernetes.caFile,
            token: kubernetes.tokens.admin,
          }),
        },
      }),
    );
  }
}

try {
  const parts = {
    templates: templateTests,
    prometheus: prometheusTests,
    kubernetes: kubernetesTests,
    logs: logTests,
    traces: traceTests,
    forge: forgeTests,
    consul: consulTests,
    recovery: recoveryTests,
  };
  const onlyAt = process.argv.indexOf('--only');
  const only = onlyAt > 0 ? process.argv[onlyAt + 1] : undefined;
  if (only !== undefined && !(only in parts)) {
    fail(`--only: expected ${Object.keys(parts).join(', ')}, got "${only}".`);
  }
  for (const [name, part] of Object.entries(parts)) {
    if (only === undefined || only === name) {
      await part();
    }
  }
} catch (error) {
  results.check(`real servers: ${error.message}`, false);
} finally {
  await Promise.all(stops.map(stop => stop()));
}
say(results.report());
process.exit(results.totals.failed > 0 ? 1 : 0);
