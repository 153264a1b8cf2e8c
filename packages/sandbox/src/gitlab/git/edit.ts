import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from './Repository';
import { GitError } from './runGit';

/** One change that a commit makes. */
export interface FileAction {
  action: 'create' | 'update' | 'delete' | 'move' | 'chmod';
  path: string;
  previousPath?: string;
  content?: Buffer;
  executable?: boolean;
}

/** Why a commit cannot be made, as GitLab says it. */
export class EditRefusal extends Error {}

/** What a commit is made of. */
export interface Edit {
  actions: readonly FileAction[];
  parent: string | undefined;
  message: string;
  author: { name: string; email: string };
  committer: { name: string; email: string };
  /** Milliseconds since the Unix epoch. */
  time: number;
}

const isSafe = (path: string) =>
  path !== '' &&
  !path.startsWith('/') &&
  path
    .split('/')
    .every(name => !['', '.', '..', '.git'].includes(name.toLowerCase()));

/** A commit's authors and time, for git. */
export function signatures({
  author,
  committer,
  time,
}: Pick<Edit, 'author' | 'committer' | 'time'>): Record<string, string> {
  const date = `${Math.floor(time / 1000)} +0000`;
  return {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: committer.name,
    GIT_COMMITTER_EMAIL: committer.email,
    GIT_COMMITTER_DATE: date,
  };
}

/**
 * Makes a commit, which no branch names yet, and answers its id.
 *
 * @throws EditRefusal when a file is there that should not be, or is not that should
 */
export async function makeCommit(
  repository: Repository,
  edit: Edit,
): Promise<string> {
  const index = join(repository.folder, `index-${randomUUID()}`);
  const environment = { GIT_INDEX_FILE: index };
  const run = (words: string[], input?: string) =>
    repository.run(words, { environment, input });
  const modeOf = async (path: string) =>
    (await run(['ls-files', '-s', '--', `:(literal)${path}`])).split(' ')[0];
  const note = (entry: string) =>
    run(['update-index', '-z', '--index-info'], `${entry}\0`);
  const put = async (path: string, mode: string, id: string) => {
    try {
      await note(`${mode} ${id}\t${path}`);
    } catch (error) {
      // A file is where a folder would have to be, or the other way round.
      if (error instanceof GitError) throw new EditRefusal('invalid path');
      throw error;
    }
  };
  const remove = (path: string) => note(`0 ${'0'.repeat(40)}\t${path}`);
  const write = async (content: Buffer) =>
    (
      await repository.run(['hash-object', '-w', '--stdin'], { input: content })
    ).trim();
  const idOf = async (path: string) =>
    (await run(['ls-files', '-s', '--', `:(literal)${path}`])).split(' ')[1];

  async function apply(change: FileAction): Promise<void> {
    const { action, path, previousPath, content } = change;
    if (!isSafe(path))
      throw new EditRefusal('Path cannot include directory traversal');
    const source = action === 'move' ? previousPath ?? '' : path;
    const mode = await modeOf(source);
    if (action === 'create' && mode !== '') {
      throw new EditRefusal('A file with this name already exists');
    }
    if (action !== 'create' && mode === '') {
      throw new EditRefusal("A file with this name doesn't exist");
    }
    if (action === 'move' && (await modeOf(path)) !== '') {
      throw new EditRefusal('A file with this name already exists');
    }
    if (action === 'delete') await remove(path);
    else if (action === 'chmod') {
      await put(
        path,
        change.executable ? '100755' : '100644',
        await idOf(path),
      );
    } else {
      const id =
        action === 'move' && content === undefined
          ? await idOf(source)
          : await write(content ?? Buffer.alloc(0));
      if (action === 'move') await remove(source);
      await put(path, mode || (change.executable ? '100755' : '100644'), id);
    }
  }

  try {
    if (edit.parent) await run(['read-tree', edit.parent]);
    else await run(['read-tree', '--empty']);
    for (const action of edit.actions) await apply(action);
    const tree = (await run(['write-tree'])).trim();
    return (
      await repository.run(
        ['commit-tree', tree, ...(edit.parent ? ['-p', edit.parent] : [])],
        { input: edit.message, environment: signatures(edit) },
      )
    ).trim();
  } finally {
    await rm(index, { force: true });
  }
}
