import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { gitEnvironment } from './runGit';

/** What git's HTTP transport asks of a server. */
export type GitService = 'git-upload-pack' | 'git-receive-pack';

const line = (text: string) =>
  `${(text.length + 4).toString(16).padStart(4, '0')}${text}`;

const noCache = {
  Expires: 'Fri, 01 Jan 1980 00:00:00 GMT',
  Pragma: 'no-cache',
  'Cache-Control': 'no-cache, max-age=0, must-revalidate',
};

function start(
  request: IncomingMessage,
  folder: string,
  service: GitService,
  ...words: string[]
) {
  const protocol = request.headers['git-protocol'];
  return spawn(
    'git',
    [service.slice('git-'.length), '--stateless-rpc', ...words, folder],
    {
      env: gitEnvironment(
        typeof protocol === 'string' ? { GIT_PROTOCOL: protocol } : {},
      ),
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
}

/** Ends when the process has, whatever became of it. */
const ended = (child: ReturnType<typeof start>) =>
  new Promise<void>(resolve => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });

/** Answers `info/refs?service=...`, see gitprotocol-http. */
export async function advertise(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  service: GitService,
): Promise<void> {
  request.resume();
  response.writeHead(200, {
    'Content-Type': `application/x-${service}-advertisement`,
    ...noCache,
  });
  const isSecond =
    service === 'git-upload-pack' &&
    String(request.headers['git-protocol'] ?? '').includes('version=2');
  // The second version of the protocol has no such heading.
  if (!isSecond) response.write(`${line(`# service=${service}\n`)}0000`);
  const child = start(request, folder, service, '--advertise-refs');
  child.stdin.end();
  await Promise.all([pipeline(child.stdout, response), ended(child)]);
}

/** Answers a POST to `git-upload-pack` or `git-receive-pack`. */
export async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  service: GitService,
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': `application/x-${service}-result`,
    ...noCache,
  });
  const child = start(request, folder, service);
  const isZipped = request.headers['content-encoding'] === 'gzip';
  const reading = isZipped
    ? pipeline(request, createGunzip(), child.stdin)
    : pipeline(request, child.stdin);
  await Promise.all([
    // Whoever asks may have heard enough before it has said everything.
    reading.catch(() => child.stdin.end()),
    pipeline(child.stdout, response).catch(() => child.kill()),
    ended(child),
  ]);
}
