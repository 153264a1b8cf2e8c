import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from './processes.mjs';

/** Upstream's Kubernetes backend loads its client as a module at run time. */
const NODE_OPTIONS = '--experimental-vm-modules --no-warnings';

async function runAndRead(root, name, { args, cwd, env = {} }) {
  const outputFile = join(root, `.cache/jest-${name}.json`);
  await mkdir(dirname(outputFile), { recursive: true });
  await rm(outputFile, { force: true });
  await run(
    join(root, 'node_modules/.bin/backstage-cli'),
    [...args, '--json', `--outputFile=${outputFile}`],
    {
      cwd,
      env: { ...process.env, CI: '1', FORCE_COLOR: '0', NODE_OPTIONS, ...env },
      // The results go to the file; on the screen they would be one long line.
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const text = await readFile(outputFile, 'utf8').catch(() => undefined);
  return text === undefined
    ? {
        passed: 0,
        failed: 1,
        skipped: 0,
        failures: ['jest wrote no results'],
        skips: [],
      }
    : summarize(root, JSON.parse(text));
}

function summarize(root, results) {
  const nameOf = suite => suite.name.replace(`${root}/`, '');
  const broken = results.testResults.filter(
    suite => suite.status === 'failed' && suite.assertionResults.length === 0,
  );
  const named = status =>
    results.testResults.flatMap(suite =>
      suite.assertionResults
        .filter(test => test.status === status)
        .map(test => `${nameOf(suite)}: ${test.fullName}`),
    );
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + broken.length,
    skipped: results.numPendingTests,
    failures: [
      ...named('failed'),
      ...broken.map(suite => `${nameOf(suite)} cannot run`),
    ],
    skips: named('pending'),
  };
}

/**
 * Runs the unit, component and backend tests of all packages.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env - further variables, such as the address of a database
 */
export function runJest(root, env) {
  return runAndRead(root, 'all', {
    args: ['repo', 'test', '--maxWorkers=2', '--workerIdleMemoryLimit=1500M'],
    cwd: root,
    env,
  });
}

/** Runs some tests of one package. */
export function runJestFiles(root, directory, patterns, env) {
  return runAndRead(root, directory.replace('/', '-'), {
    args: [
      'package',
      'test',
      '--watchAll=false',
      '--maxWorkers=1',
      ...patterns,
    ],
    cwd: join(root, directory),
    env,
  });
}
