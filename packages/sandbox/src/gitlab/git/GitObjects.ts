import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { runGit } from './runGit';

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

/** Numbers of the types of objects within a pack. */
const types: Readonly<Record<string, number>> = { commit: 1, tree: 2, blob: 3 };

/** Type and size of an object within a pack: four bits of the size, then seven in each byte that follows. */
function packHeader(type: number, size: number): Buffer {
  const bytes = [(type << 4) | (size & 15)];
  for (let rest = size >> 4; rest > 0; rest >>= 7) {
    bytes[bytes.length - 1] |= 0x80;
    bytes.push(rest & 0x7f);
  }
  return Buffer.from(bytes);
}

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

  /**
   * Writes all objects into a repository, as one pack (see gitformat-pack):
   * hundreds of small files would take longer than everything else.
   */
  async write(folder: string): Promise<void> {
    const parts = [Buffer.alloc(12)];
    parts[0].write('PACK');
    parts[0].writeUInt32BE(2, 4);
    parts[0].writeUInt32BE(this.#objects.size, 8);
    for (const object of this.#objects.values()) {
      const start = object.indexOf(0) + 1;
      const type = object.toString('latin1', 0, object.indexOf(' '));
      const content = object.subarray(start);
      parts.push(packHeader(types[type], content.length));
      parts.push(deflateSync(content, { level: 1 }));
    }
    const pack = Buffer.concat(parts);
    const trailer = createHash('sha1').update(pack).digest();
    await mkdir(join(folder, 'objects', 'pack'), { recursive: true });
    await runGit(folder, ['index-pack', '--stdin'], {
      input: Buffer.concat([pack, trailer]),
    });
  }
}
