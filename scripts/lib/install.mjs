import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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

const STAMP = 'node_modules/.orrery-installed';

/** What the installed tree depends on: the lockfile, and Node for native modules. */
function fingerprint(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'yarn.lock')))
    .update(process.versions.modules)
    .digest('hex');
}

function isInstalled(root) {
  const stamp = join(root, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(root);
}

/** Installs dependencies when they are missing, or other than the lockfile and Node want. */
export async function ensureInstalled(root) {
  if (isInstalled(root)) {
    return;
  }
  say('Installing dependencies (about three minutes the first time)…');
  // Yarn builds native modules anew when Node is another than the last time.
  const code = await runYarn(root, ['install', '--immutable']);
  if (code !== 0) {
    fail(
      'Dependencies could not be installed: see the lines above. The npm registry must be reachable (npm ping), and native modules need python3, make and a C++ compiler where no prebuilt binary can be downloaded.',
    );
  }
  writeFileSync(join(root, STAMP), fingerprint(root));
}
