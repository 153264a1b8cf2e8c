import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';

const compress = promisify(deflate);

/** Who did something in a repository, and when. */
export interface Signature {
  name: string;
  email: string;
  /** Milliseconds since the Unix epoch; git keeps whole seconds. */
  time: number;
}

/** Files of a repository by path; texts only. */
export type Files = Readonly<Record<string, string>>;

const signed = ({ name, email, time }: Signature) =>
  `${name} <${email}> ${Math.floor(time / 1000)} +0000`;

interface Folder {
  files: Map<string, string>;
  folders: Map<string, Folder>;
}

const emptyFolder = (): Folder => ({ files: new Map(), folders: new Map() });

function folderOf(files: Files): Folder {
  const root = emptyFolder();
  for (const [path, content] of Object.entries(files)) {
    const names = path.split('/');
    let folder = root;
    for (const name of names.slice(0, -1)) {
      const inner = folder.folders.get(name) ?? emptyFolder();
      folder.folders.set(name, inner);
      folder = inner;
    }
    folder.files.set(names[names.length - 1], content);
  }
  return root;
}

/**
 * Objects of a git repository, computed as git does (see gitformat-pack,
 * "loose objects"): commit ids are known before a repository is on disk, and
 * without git.
 */
export class GitObjects {
  readonly #objects = new Map<string, Buffer>();

  #add(type: 'blob' | 'tree' | 'commit', content: Buffer): string {
    const object = Buffer.concat([
      Buffer.from(`${type} ${content.length}\0`),
      content,
    ]);
    const id = createHash('sha1').update(object).digest('hex');
    this.#objects.set(id, object);
    return id;
  }

  #tree({ files, folders }: Folder): string {
    const entries = [
      ...[...files].map(([name, content]) => ({
        mode: '100644',
        name,
        key: name,
        id: this.#add('blob', Buffer.from(content)),
      })),
      ...[...folders].map(([name, folder]) => ({
        mode: '40000',
        name,
        // Git sorts folders as if their names ended in a slash.
        key: `${name}/`,
        id: this.#tree(folder),
      })),
    ].sort((left, right) =>
      Buffer.compare(Buffer.from(left.key), Buffer.from(right.key)),
    );
    return this.#add(
      'tree',
      Buffer.concat(
        entries.flatMap(({ mode, name, id }) => [
          Buffer.from(`${mode} ${name}\0`),
          Buffer.from(id, 'hex'),
        ]),
      ),
    );
  }

  /** Adds a commit of all of a repository's files; answers its id. */
  commit(
    files: Files,
    parents: readonly string[],
    author: Signature,
    message: string,
  ): string {
    const lines = [
      `tree ${this.#tree(folderOf(files))}`,
      ...parents.map(parent => `parent ${parent}`),
      `author ${signed(author)}`,
      `committer ${signed(author)}`,
      '',
      message,
    ];
    return this.#add('commit', Buffer.from(`${lines.join('\n')}\n`));
  }

  /** Writes all objects below a repository's folder. */
  async write(folder: string): Promise<void> {
    for (const [id, object] of this.#objects) {
      const path = join(folder, 'objects', id.slice(0, 2), id.slice(2));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, await compress(object), { flag: 'w' });
    }
  }
}
