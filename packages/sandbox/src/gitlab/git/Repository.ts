import { runGit, GitError, type GitCall } from './runGit';
import { parseDiff, type FileDiff } from './parseDiff';

/** A commit as git tells it. */
export interface Commit {
  id: string;
  parents: string[];
  title: string;
  message: string;
  authorName: string;
  authorEmail: string;
  /** ISO 8601. */
  authoredAt: string;
  committerName: string;
  committerEmail: string;
  committedAt: string;
}

/** A branch or tag. */
export interface Reference {
  name: string;
  commit: Commit;
}

/** A file or folder of a tree. */
export interface TreeEntry {
  id: string;
  name: string;
  type: 'tree' | 'blob' | 'commit';
  path: string;
  mode: string;
}

const FIELDS = [
  '%H',
  '%P',
  '%an',
  '%ae',
  '%aI',
  '%cn',
  '%ce',
  '%cI',
  '%s',
  '%B',
];
const FORMAT = `--format=${FIELDS.join('%x1f')}%x1e`;

function commitsOf(text: string): Commit[] {
  return text
    .split('\x1e')
    .map(record => record.replace(/^\n/, ''))
    .filter(record => record !== '')
    .map(record => {
      const fields = record.split('\x1f');
      return {
        id: fields[0],
        parents: fields[1].split(' ').filter(Boolean),
        authorName: fields[2],
        authorEmail: fields[3],
        authoredAt: fields[4],
        committerName: fields[5],
        committerEmail: fields[6],
        committedAt: fields[7],
        title: fields[8],
        message: `${fields[9].trimEnd()}\n`,
      };
    });
}

/** The bare repository in a folder, through the git executable. */
export class Repository {
  constructor(readonly folder: string) {}

  async run(words: readonly string[], call?: GitCall): Promise<string> {
    return (await runGit(this.folder, words, call)).toString();
  }

  raw(words: readonly string[], call?: GitCall): Promise<Buffer> {
    return runGit(this.folder, words, call);
  }

  /** Id of the commit that a name leads to; undefined without one. */
  resolve(name: string): Promise<string | undefined> {
    return name === '' || name.startsWith('-')
      ? Promise.resolve(undefined)
      : this.#parse(`${name}^{commit}`);
  }

  /** Id of a file or folder of a commit; undefined without one of that type. */
  async entry(
    commit: string,
    path: string,
    type: 'blob' | 'tree',
  ): Promise<string | undefined> {
    const id = await this.#parse(`${commit}:${path}`);
    if (!id) return undefined;
    const found = (await this.run(['cat-file', '-t', id])).trim();
    return found === type ? id : undefined;
  }

  async #parse(expression: string): Promise<string | undefined> {
    try {
      const words = ['rev-parse', '--verify', '--quiet', '--end-of-options'];
      return (await this.run([...words, expression])).trim();
    } catch (error) {
      if (error instanceof GitError) return undefined;
      throw error;
    }
  }

  /** Whether a name may be a branch's or tag's. */
  async isValidName(name: string): Promise<boolean> {
    if (name.startsWith('-')) return false;
    try {
      await this.run(['check-ref-format', `refs/heads/${name}`]);
      return true;
    } catch (error) {
      if (error instanceof GitError) return false;
      throw error;
    }
  }

  async commit(id: string): Promise<Commit> {
    return commitsOf(await this.run(['log', '-1', FORMAT, id]))[0];
  }

  /** Commits that a range such as `main` or `a..b` has, newest first. */
  async log(
    range: string,
    options: { skip?: number; count?: number; path?: string; words?: string[] },
  ): Promise<Commit[]> {
    const { skip = 0, count = 1000, path, words = [] } = options;
    return commitsOf(
      await this.run([
        'log',
        FORMAT,
        `--skip=${skip}`,
        `--max-count=${count}`,
        ...words,
        '--end-of-options',
        range,
        '--',
        ...(path ? [path] : []),
      ]),
    );
  }

  /** Ids of all references, by full name. */
  async references(): Promise<Map<string, string>> {
    const text = await this.run([
      'for-each-ref',
      '--format=%(refname) %(objectname)',
    ]);
    return new Map(
      text
        .split('\n')
        .filter(Boolean)
        .map(line => {
          const [name, id] = line.split(' ');
          return [name, id] as const;
        }),
    );
  }

  /** Branches (`heads`) or `tags` with their commits, by name. */
  async list(kind: 'heads' | 'tags'): Promise<Reference[]> {
    const prefix = `refs/${kind}/`;
    const names = [...(await this.references()).keys()].filter(name =>
      name.startsWith(prefix),
    );
    if (names.length === 0) return [];
    const ids = await Promise.all(names.map(name => this.resolve(name)));
    const known = ids.flatMap(id => id ?? []);
    const found = new Map(
      commitsOf(
        await this.run([
          'log',
          '--no-walk=unsorted',
          FORMAT,
          ...new Set(known),
        ]),
      ).map(commit => [commit.id, commit]),
    );
    return names.flatMap((name, index) => {
      const commit = found.get(ids[index] ?? '');
      return commit ? [{ name: name.slice(prefix.length), commit }] : [];
    });
  }

  /** Entries of a folder; undefined when there is none. */
  async tree(
    commit: string,
    path: string,
    recursive: boolean,
  ): Promise<TreeEntry[] | undefined> {
    const folder = path.replace(/^\/+|\/+$/g, '');
    if (!(await this.entry(commit, folder, 'tree'))) return undefined;
    const words = ['ls-tree', '-z', ...(recursive ? ['-r', '-t'] : [])];
    const text = await this.run([...words, `${commit}:${folder}`]);
    return text
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const tab = line.indexOf('\t');
        const [mode, type, id] = line.slice(0, tab).split(' ');
        const inner = line.slice(tab + 1);
        return {
          id,
          name: inner.split('/').at(-1) ?? inner,
          type: type === 'tree' || type === 'commit' ? type : 'blob',
          path: folder === '' ? inner : `${folder}/${inner}`,
          mode,
        };
      });
  }

  /** Id and content of a file; undefined when there is none. */
  async file(
    commit: string,
    path: string,
  ): Promise<{ id: string; content: Buffer } | undefined> {
    const id = await this.entry(commit, path, 'blob');
    if (!id) return undefined;
    return { id, content: await this.raw(['cat-file', 'blob', id]) };
  }

  /** What changed between two trees; the first commit of all is compared with nothing. */
  async diff(from: string, to: string): Promise<FileDiff[]> {
    const words = ['diff-tree', '-r', '-M', '--no-color'];
    const raw = await this.run([...words, '--raw', '-z', from, to]);
    const patch = await this.run([...words, '-p', from, to]);
    return parseDiff(raw, patch);
  }
}

/** The tree without entries, which every repository knows. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
