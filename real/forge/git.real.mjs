import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';

/**
 * What the git client expects of a server, on whichever serves the empty
 * repository at this address. What was pushed must come back as it was.
 */
const remote = process.env.ORRERY_REAL_GIT;
const execute = promisify(execFile);

describe('a git server', () => {
  let folder;
  let first;

  const git = async (cwd, ...words) =>
    (
      await execute('git', words, {
        cwd,
        env: {
          ...process.env,
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_TERMINAL_PROMPT: '0',
          GIT_AUTHOR_NAME: 'Lin',
          GIT_AUTHOR_EMAIL: 'lin@kepler.example',
          GIT_COMMITTER_NAME: 'Lin',
          GIT_COMMITTER_EMAIL: 'lin@kepler.example',
        },
      })
    ).stdout.trim();

  async function commit(cwd, file, content) {
    await writeFile(join(cwd, file), content);
    await git(cwd, 'add', '.');
    await git(cwd, 'commit', '--quiet', '-m', `feat: ${file}`);
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orrery-git-contract-'));
    first = join(folder, 'first');
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('has nothing at first', async () => {
    assert.equal(await git(folder, 'ls-remote', remote), '');
    await git(folder, 'clone', '--quiet', remote, first);
  });

  it('takes a branch and tags, and gives them back', async () => {
    await git(first, 'checkout', '--quiet', '-B', 'main');
    await commit(first, 'README.md', 'hello\n');
    await git(first, 'tag', '1.0.0');
    await git(first, 'tag', '-a', '1.0.1', '-m', 'annotated');
    await git(first, 'push', '--quiet', 'origin', 'main', '--tags');
    const second = join(folder, 'second');
    await git(folder, 'clone', '--quiet', remote, second);
    await git(second, 'fsck', '--strict');
    for (const name of ['HEAD', 'refs/tags/1.0.0', 'refs/tags/1.0.1']) {
      assert.equal(
        await git(second, 'rev-parse', name),
        await git(first, 'rev-parse', name),
      );
    }
    assert.equal(
      await git(second, 'rev-parse', '--abbrev-ref', 'HEAD'),
      'main',
    );
  });

  it('speaks each version of the protocol', async () => {
    const seen = new Set();
    for (const version of [0, 1, 2]) {
      seen.add(
        await git(
          folder,
          '-c',
          `protocol.version=${version}`,
          'ls-remote',
          remote,
        ),
      );
    }
    assert.equal(seen.size, 1);
    assert.match([...seen][0], /refs\/tags\/1\.0\.1\^\{\}/);
  });

  it('takes what is larger than one request', async () => {
    // Beyond http.postBuffer the client sends in chunks, and asks first.
    const large = Array.from({ length: 40_000 }, (_, index) =>
      Math.sin(index).toString(36),
    ).join('\n');
    await commit(first, 'large.txt', large);
    await git(
      first,
      '-c',
      'http.postBuffer=65536',
      'push',
      '--quiet',
      'origin',
      'main',
    );
    const clone = join(folder, 'large');
    await git(folder, 'clone', '--quiet', remote, clone);
    await git(clone, 'diff', '--quiet', await git(first, 'rev-parse', 'HEAD'));
  });

  it('gives a part of the history, and the rest when asked', async () => {
    const shallow = join(folder, 'shallow');
    await git(folder, 'clone', '--quiet', '--depth=1', remote, shallow);
    assert.equal(await git(shallow, 'rev-list', '--count', 'HEAD'), '1');
    await git(shallow, 'fetch', '--quiet', '--unshallow');
    assert.equal(await git(shallow, 'rev-list', '--count', 'HEAD'), '2');
  });

  it('refuses to lose commits, unless forced', async () => {
    const other = join(folder, 'other');
    await git(folder, 'clone', '--quiet', remote, other);
    await git(other, 'checkout', '--quiet', '-b', 'topic', 'HEAD~1');
    await commit(other, 'topic.txt', 'one\n');
    await git(other, 'push', '--quiet', 'origin', 'topic');
    await git(other, 'commit', '--quiet', '--amend', '-m', 'feat: again');
    await assert.rejects(
      git(other, 'push', 'origin', 'topic'),
      /non-fast-forward|rejected/,
    );
    await git(other, 'push', '--quiet', '--force', 'origin', 'topic');
    const head = await git(other, 'rev-parse', 'HEAD');
    const listed = await git(folder, 'ls-remote', remote, 'refs/heads/topic');
    assert.equal(listed.split('\t')[0], head);
  });

  it('refuses a branch that somebody moved meanwhile', async () => {
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    await git(folder, 'clone', '--quiet', remote, one);
    await git(folder, 'clone', '--quiet', remote, two);
    await commit(one, 'one.txt', 'one\n');
    await git(one, 'push', '--quiet', 'origin', 'main');
    await commit(two, 'two.txt', 'two\n');
    await assert.rejects(git(two, 'push', 'origin', 'main'), /fetch first/);
    await git(two, 'pull', '--quiet', '--rebase', 'origin', 'main');
    await git(two, 'push', '--quiet', 'origin', 'main');
  });

  it('forgets branches and tags that are deleted', async () => {
    await git(
      first,
      'push',
      '--quiet',
      'origin',
      ':refs/heads/topic',
      ':refs/tags/1.0.0',
    );
    const listed = await git(folder, 'ls-remote', remote);
    assert.doesNotMatch(listed, /topic|1\.0\.0$/m);
    assert.match(listed, /refs\/tags\/1\.0\.1$/m);
  });

  it('knows no other repository', async () => {
    const missing = remote.replace(/contract\.git$/, 'missing.git');
    await assert.rejects(git(folder, 'ls-remote', missing), /not found/);
  });
});
