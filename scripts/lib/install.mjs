import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './processes.mjs';
import { fail, say } from './say.mjs';

/** The pinned Yarn, which comes from the npm registry. */
function yarnVersion(root) {
  const { packageManager } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return packageManager.replace('yarn@', '');
}

/** Runs the pinned Yarn. */
export function runYarn(root, args) {
  return run(
    'npx',
    ['-y', '-p', `@yarnpkg/cli-dist@${yarnVersion(root)}`, 'yarn', ...args],
    { cwd: root },
  );
}

/** Yarn writes its state file last, so an older one means an unfinished or outdated install. */
function isInstalled(root) {
  const state = join(root, 'node_modules/.yarn-state.yml');
  return (
    existsSync(state) &&
    statSync(state).mtimeMs >= statSync(join(root, 'yarn.lock')).mtimeMs
  );
}

/** Installs dependencies when they are missing or older than the lockfile. */
export async function ensureInstalled(root) {
  if (isInstalled(root)) {
    return;
  }
  say('Installing dependencies (about three minutes the first time)…');
  const code = await runYarn(root, ['install', '--immutable']);
  if (code !== 0) {
    fail(
      'Dependencies could not be installed: see the lines above. The npm registry must be reachable (npm ping), and native modules need python3, make and a C++ compiler where no prebuilt binary can be downloaded.',
    );
  }
}
