import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './find-program.mjs';

const DEBIAN = '/usr/lib/postgresql';

/** Where PostgreSQL's programs are: on the path, or where Debian keeps them. */
function findPrograms() {
  const versions = existsSync(DEBIAN)
    ? readdirSync(DEBIAN).sort((one, other) => Number(other) - Number(one))
    : [];
  const initdb = findProgram(
    ...versions.map(version => `${DEBIAN}/${version}/bin/initdb`),
    'initdb',
  );
  return initdb && { initdb, postgres: initdb.replace(/initdb$/, 'postgres') };
}

/** PostgreSQL refuses to run as root; its own user comes with Debian's package. */
function unprivileged(command, args) {
  return process.getuid?.() === 0
    ? ['runuser', ['-u', 'postgres', '--', command, ...args]]
    : [command, args];
}

/**
 * Starts a PostgreSQL of our own on loopback, its data in a directory that
 * goes with it.
 *
 * @param {number} port
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 * @throws Error that says what is missing
 */
export async function startPostgres(port) {
  const programs = findPrograms();
  if (!programs) {
    throw new Error('PostgreSQL is not installed (apt-get install postgresql)');
  }
  const directory = mkdtempSync(join(tmpdir(), 'orrery-postgres-'));
  if (process.getuid?.() === 0) {
    execFileSync('chown', ['postgres', directory]);
  }
  const data = join(directory, 'data');
  const [initdb, initArguments] = unprivileged(programs.initdb, [
    '--pgdata',
    data,
    '--username',
    'postgres',
    '--auth',
    'trust',
    '--no-sync',
  ]);
  execFileSync(initdb, initArguments, { stdio: 'ignore', cwd: directory });
  const [command, args] = unprivileged(programs.postgres, [
    '-D',
    data,
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
    '-k',
    directory,
    '-c',
    'fsync=off',
  ]);
  const child = spawn(command, args, {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let log = '';
  child.stderr.on('data', chunk => {
    log = `${log}${chunk}`.slice(-4000);
  });
  const exit = new Promise(resolve => {
    child.on('exit', resolve);
    child.on('error', resolve);
  });
  let hasEnded = false;
  exit.then(() => {
    hasEnded = true;
  });
  const stop = async () => {
    if (!hasEnded) {
      process.kill(-child.pid, 'SIGINT');
      await exit;
    }
    rmSync(directory, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (/ready to accept connections/.test(log)) {
      return { url: `postgresql://postgres@127.0.0.1:${port}/postgres`, stop };
    }
    if (hasEnded) {
      break;
    }
    await new Promise(resolve => {
      setTimeout(resolve, 100);
    });
  }
  await stop();
  throw new Error(`PostgreSQL did not start: ${log.slice(-500)}`);
}
