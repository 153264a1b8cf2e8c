import { spawn } from 'node:child_process';

/** Git said no. */
export class GitError extends Error {
  constructor(readonly code: number, readonly output: string, message: string) {
    super(message);
  }
}

/** There is no git on this machine. */
export class GitMissing extends Error {
  constructor() {
    super(
      'git is not installed on this machine; the sandbox serves repositories with it',
    );
  }
}

/** What a call of git may be given. */
export interface GitCall {
  input?: string | Buffer;
  environment?: Readonly<Record<string, string>>;
}

/** Environment of every call: no configuration of the machine or its user, no questions. */
export function gitEnvironment(
  more: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const { GIT_DIR: _, GIT_INDEX_FILE: __, ...inherited } = process.env;
  return {
    ...inherited,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    ...more,
  };
}

const isMissing = (error: Error) => 'code' in error && error.code === 'ENOENT';

/**
 * Runs git in a repository's folder and answers what it wrote.
 *
 * @throws GitError when it ends with another code than 0
 * @throws GitMissing without git
 */
export async function runGit(
  folder: string,
  words: readonly string[],
  { input, environment }: GitCall = {},
): Promise<Buffer> {
  // No name of anything has it, and no process can be given it.
  if (words.some(word => word.includes('\0'))) {
    throw new GitError(128, '', 'fatal: a name has a null character');
  }
  const child = spawn(
    'git',
    ['-c', 'core.quotePath=false', '--git-dir', folder, ...words],
    { env: gitEnvironment(environment), stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', chunk => output.push(chunk));
  child.stderr.on('data', chunk => errors.push(chunk));
  // Git may end before it has read everything.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', error =>
      reject(isMissing(error) ? new GitMissing() : error),
    );
    child.once('close', ended => resolve(ended ?? -1));
  });
  const text = Buffer.concat(output);
  if (code !== 0) {
    throw new GitError(
      code,
      text.toString(),
      Buffer.concat(errors).toString().trim() || `git ended with ${code}`,
    );
  }
  return text;
}
