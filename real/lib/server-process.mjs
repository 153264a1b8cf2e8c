import { spawn } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/** A TCP port of the loopback interface that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a server whose output goes to a file. `stop` ends it politely and
 * then firmly; it also happens when this process ends.
 */
export function startServer({ name, command, args, cwd, logFile }) {
  const log = openSync(logFile, 'w');
  const child = spawn(command, args, { cwd, stdio: ['ignore', log, log] });
  closeSync(log);
  let failure;
  const ended = new Promise(resolve => {
    child.on('error', error => {
      failure = error;
      resolve();
    });
    child.on('exit', resolve);
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);

  async function lastLines() {
    const content = await readFile(logFile, 'utf8').catch(() => '');
    return content.trim().split('\n').slice(-8).join('\n');
  }

  return {
    /** Waits until a check answers true; throws when the server ends or takes too long. */
    async ready(check, seconds) {
      const deadline = Date.now() + seconds * 1000;
      while (Date.now() < deadline) {
        if (failure || child.exitCode !== null) {
          throw new Error(
            `${name} ended while starting: ${
              failure?.message ?? ''
            }\n${await lastLines()}`,
          );
        }
        if (await check().catch(() => false)) {
          return;
        }
        await new Promise(resolve => setTimeout(resolve, 200));
      }
      throw new Error(
        `${name} was not ready after ${seconds} s:\n${await lastLines()}`,
      );
    },
    async stop() {
      process.removeListener('exit', kill);
      child.kill('SIGTERM');
      const timer = setTimeout(kill, 5000);
      await ended;
      clearTimeout(timer);
    },
  };
}
