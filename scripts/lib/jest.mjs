import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from './processes.mjs';

/**
 * Runs the unit, component and backend tests of all packages.
 *
 * @returns {Promise<{ passed: number, failed: number, skipped: number,
 *   failures: string[], skips: string[] }>}
 */
export async function runJest(root) {
  const outputFile = join(root, '.cache/jest-results.json');
  await mkdir(dirname(outputFile), { recursive: true });
  await rm(outputFile, { force: true });
  await run(
    join(root, 'node_modules/.bin/backstage-cli'),
    [
      'repo',
      'test',
      '--maxWorkers=2',
      '--workerIdleMemoryLimit=1500M',
      '--json',
      `--outputFile=${outputFile}`,
    ],
    {
      cwd: root,
      env: { ...process.env, CI: '1', FORCE_COLOR: '0' },
      // The results go to the file; on the screen they would be one long line.
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const text = await readFile(outputFile, 'utf8').catch(() => undefined);
  if (text === undefined) {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      failures: ['jest wrote no results'],
      skips: [],
    };
  }
  const results = JSON.parse(text);
  const broken = results.testResults.filter(
    suite => suite.status === 'failed' && suite.assertionResults.length === 0,
  );
  const named = status =>
    results.testResults.flatMap(suite =>
      suite.assertionResults
        .filter(test => test.status === status)
        .map(test => `${suite.name.replace(`${root}/`, '')}: ${test.fullName}`),
    );
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + broken.length,
    skipped: results.numPendingTests,
    failures: [
      ...named('failed'),
      ...broken.map(
        suite => `${suite.name.replace(`${root}/`, '')} cannot run`,
      ),
    ],
    skips: named('pending'),
  };
}
