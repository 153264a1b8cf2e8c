import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const SANDBOX = resolvePackagePath('backend', '../sandbox');
const TSX = resolvePackagePath('backend', '../../node_modules/.bin/tsx');

function freePort(): Promise<number> {
  return new Promise((settle, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address
          ? settle(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}

/** Starts the sandbox as a process of its own, as `npm start` does. */
export async function startSandbox(): Promise<{
  url: string;
  stop: () => Promise<void>;
}> {
  const port = await freePort();
  const child = spawn(TSX, ['src/main.ts', '--port', String(port)], {
    cwd: SANDBOX,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  child.stderr.on('data', chunk => {
    output += chunk;
  });
  const exit = new Promise<void>(settle => {
    child.on('exit', () => settle());
  });
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 60_000;
  for (;;) {
    const isReady = await fetch(`${url}/healthz`).then(
      response => response.ok,
      () => false,
    );
    if (isReady) {
      break;
    }
    if (Date.now() > deadline || child.exitCode !== null) {
      throw new Error(`The sandbox did not start: ${output}`);
    }
    await new Promise(settle => {
      setTimeout(settle, 100);
    });
  }
  return {
    url,
    stop: async () => {
      if (child.pid) {
        process.kill(-child.pid, 'SIGTERM');
      }
      await exit;
    },
  };
}
