import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Runs a command to its end, with its output on ours.
 *
 * @returns {Promise<number>} its exit code
 */
export function run(command, args, options = {}) {
  return new Promise(resolve => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    child.on('error', () => resolve(127));
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

/**
 * Starts a service in a process group of its own, its output in a file.
 *
 * @param {{ name: string, command: string, args: string[], cwd: string,
 *   env: NodeJS.ProcessEnv, logFile: string }} options
 */
export async function startService(options) {
  const { name, command, args, cwd, env, logFile } = options;
  await mkdir(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  let ended = false;
  const exit = new Promise(resolve => {
    const finish = reason => {
      ended = true;
      resolve(reason);
    };
    child.on('error', error => finish(error.message));
    child.on('exit', (code, signal) => finish(signal ?? `code ${code}`));
  });
  return {
    name,
    pid: child.pid,
    exit,
    get ended() {
      return ended;
    },
    /** The last lines it wrote. */
    async tail(lines = 15) {
      const text = await readFile(logFile, 'utf8').catch(() => '');
      return text.trimEnd().split('\n').slice(-lines).join('\n');
    },
    /** Ends it and all it started; insists after ten seconds. */
    async stop() {
      const signal = kind => {
        try {
          process.kill(-child.pid, kind);
        } catch {
          // The group is already gone.
        }
      };
      signal('SIGTERM');
      const insist = setTimeout(() => signal('SIGKILL'), 10_000);
      await exit;
      clearTimeout(insist);
      // Whatever ignored the polite signal goes with its leader.
      signal('SIGKILL');
      log.end();
    },
  };
}
