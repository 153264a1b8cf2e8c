/**
 * Everything a fresh machine can test: types, lint, format, unit, component,
 * backend and browser tests. `npm test -- --only jest` runs one part.
 */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './lib/find-program.mjs';
import { freePorts } from './lib/ports.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runJest } from './lib/jest.mjs';
import { refuseNode } from './lib/node-version.mjs';
import { runNodeTests } from './lib/node-test.mjs';
import { startPortal } from './lib/portal.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { run } from './lib/processes.mjs';
import { createResults } from './lib/results.mjs';
import { fail, say } from './lib/say.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const refusal = refuseNode(process.versions.node);
if (refusal) {
  fail(refusal);
}
await ensureInstalled(root);

const results = createResults();
const bin = name => join(root, 'node_modules/.bin', name);
const check = (name, command, args) => async () =>
  results.check(
    name,
    (await run(bin(command), args, {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=4096' },
    })) === 0,
  );

/** Tests of databases run on PostgreSQL too, where one can be started. */
async function startDatabase() {
  try {
    const { backend: port } = await freePorts();
    return await startPostgres(port);
  } catch (error) {
    results.add({ skipped: 1 });
    results.skip('tests on PostgreSQL', error.message);
    return undefined;
  }
}

async function jest() {
  const database = await startDatabase();
  const counts = await runJest(root, {
    ...(database && {
      BACKSTAGE_TEST_DATABASE_POSTGRES16_CONNECTION_STRING: database.url,
    }),
  });
  await database?.stop();
  results.add(counts);
  counts.failures.forEach(results.fail);
  for (const name of counts.skips) {
    results.skip(name, 'its own name says what it needs');
  }
}

async function scripts() {
  const directory = join(root, 'scripts/test');
  const files = readdirSync(directory)
    .filter(name => name.endsWith('.test.mjs'))
    .map(name => join(directory, name));
  const counts = await runNodeTests({ root, files });
  results.add(counts);
  counts.failures.forEach(results.fail);
}

async function browser() {
  const directory = join(root, 'packages/app/e2e');
  const files = readdirSync(directory)
    .filter(name => name.endsWith('.e2e.ts'))
    .map(name => join(directory, name));
  const chromium = findChromium();
  if (!chromium) {
    results.add({ skipped: files.length });
    results.skip(
      'browser tests',
      'install Chromium (apt-get install chromium), or name one in ORRERY_CHROMIUM',
    );
    return;
  }
  const ports = await freePorts();
  const portal = await startPortal({ root, ports, say, isBuilt: true });
  try {
    await portal.ready();
    // Journeys that ship bad versions come last: others look at what fails.
    const isShipping = file => basename(file).startsWith('delivery');
    for (const group of [
      files.filter(file => !isShipping(file)),
      files.filter(isShipping),
    ]) {
      const counts = await runNodeTests({
        root,
        files: group,
        env: {
          ...process.env,
          ORRERY_CHROMIUM: chromium,
          ORRERY_URL: portal.url,
          ORRERY_BACKEND_URL: `http://localhost:${ports.backend}`,
          ORRERY_SANDBOX_URL: `http://127.0.0.1:${ports.sandbox}`,
        },
      });
      results.add(counts);
      counts.failures.forEach(results.fail);
    }
  } catch (error) {
    results.check(`the portal starts (${error.message})`, false);
  } finally {
    await portal.stop();
  }
}

const parts = {
  types: check('types', 'tsc', ['--noEmit']),
  lint: check('lint', 'backstage-cli', ['repo', 'lint', '--max-warnings', '0']),
  format: check('format', 'prettier', ['--check', '--loglevel', 'warn', '.']),
  scripts,
  jest,
  browser,
};

const onlyAt = process.argv.indexOf('--only');
const only = onlyAt > 0 ? process.argv[onlyAt + 1]?.split(',') : undefined;
const unknown = only?.find(name => !(name in parts));
if (unknown !== undefined) {
  fail(`--only: expected ${Object.keys(parts).join(', ')}, got "${unknown}".`);
}
for (const [name, part] of Object.entries(parts)) {
  if (!only || only.includes(name)) {
    const startedAt = Date.now();
    say(`\n== ${name}`);
    await part();
    say(`== ${name} took ${Math.round((Date.now() - startedAt) / 1000)} s`);
  }
}
say(results.report());
process.exit(results.totals.failed > 0 ? 1 : 0);
