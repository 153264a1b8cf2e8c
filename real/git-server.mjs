import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './lib/command.mjs';

/** Answers one request with `git http-backend`, a CGI program (RFC 3875). */
function answer(request, response, root) {
  const url = new URL(request.url, 'http://localhost');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      REMOTE_USER: 'contract',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(child.stdin).on('error', () => {});
  let head = Buffer.alloc(0);
  let isBody = false;
  child.stdout.on('data', chunk => {
    if (isBody) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) {
      return;
    }
    isBody = true;
    for (const line of head.subarray(0, end).toString().split('\r\n')) {
      const [name, value] = line.split(/:\s*(.*)/s);
      if (name.toLowerCase() === 'status') {
        response.statusCode = Number.parseInt(value, 10);
      } else {
        response.setHeader(name, value);
      }
    }
    response.write(head.subarray(end + 4));
  });
  child.on('close', () => response.end());
}

/**
 * Serves an empty repository by git's own HTTP backend on loopback, at
 * `/contract.git`.
 *
 * @returns {Promise<{ url: string, version: string, stop: () => Promise<void> }>} `url` is that of the repository
 */
export async function startGitServer() {
  const version = (await run('git', ['--version'])).trim();
  const root = await mkdtemp(join(tmpdir(), 'orrery-git-'));
  await run('git', [
    'init',
    '--quiet',
    '--bare',
    '--initial-branch=main',
    join(root, 'contract.git'),
  ]);
  const server = createServer((request, response) =>
    answer(request, response, root),
  );
  await new Promise(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/contract.git`,
    version,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await rm(root, { recursive: true, force: true });
    },
  };
}
