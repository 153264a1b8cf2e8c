import type { Random } from '../../random';
import type { App, Person } from '../../world/types';
import { GitObjects, type Files, type Signature } from '../git/GitObjects';
import { filesOf } from './files';

const HOUR = 60 * 60_000;

/** A merge request that the past left behind. */
export interface SourceRequest {
  title: string;
  branch: string;
  head: string;
  /** Where its branch left the main one. */
  base: string;
  authorEmail: string;
  createdAt: number;
  /** Absent while it is open. */
  mergedAt?: number;
}

/** Name of the branch of a change. */
const branchOf = (message: string, number: number) =>
  `${message.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${number + 1}`;

/** What grows in a repository: its files, and the commits so far. */
export class Growth {
  readonly objects = new GitObjects();
  readonly references = new Map<string, string>();
  readonly requests: SourceRequest[] = [];
  #head: string | undefined;
  #log = '# Changes\n';

  constructor(
    private readonly app: App,
    private readonly path: string,
    private readonly image: string,
    private readonly people: readonly Person[],
    private readonly random: Random,
  ) {}

  #files(version: string, extra: Files = {}): Files {
    const { title, description, language, owner, port } = this.app;
    const { path, image } = this;
    return {
      ...filesOf({
        path,
        image,
        title,
        description,
        language,
        owner,
        port,
        version,
      }),
      'CHANGELOG.md': this.#log,
      ...extra,
    };
  }

  #by(time: number): Signature {
    const { displayName, email } = this.random.pick(this.people);
    return { name: displayName, email, time };
  }

  /** Adds a commit to the main branch. */
  grow(version: string, message: string, time: number): Signature {
    this.#log += `\n- ${message}\n`;
    const author = this.#by(time);
    this.#head = this.objects.commit(
      this.#files(version),
      this.#head === undefined ? [] : [this.#head],
      author,
      message,
    );
    this.references.set('refs/heads/main', this.#head);
    return author;
  }

  /** Adds a commit that somebody else looked at first: the branch of a merge request, merged by moving on. */
  merge(version: string, message: string, time: number): void {
    const base = this.#head ?? '';
    const { email } = this.grow(version, message, time);
    this.requests.push({
      title: message,
      branch: branchOf(message, this.requests.length),
      head: this.#head ?? '',
      base,
      authorEmail: email,
      createdAt: time - 3 * HOUR,
      mergedAt: time + HOUR,
    });
  }

  /** Adds a branch that waits to be merged. */
  propose(version: string, message: string, time: number): void {
    const base = this.#head ?? '';
    const author = this.#by(time);
    const head = this.objects.commit(
      this.#files(version, { 'src/NOTES.md': `${message}\n` }),
      [base],
      author,
      message,
    );
    const branch = branchOf(message, this.requests.length);
    this.references.set(`refs/heads/${branch}`, head);
    const { email } = author;
    const request = { title: message, branch, head, base, authorEmail: email };
    this.requests.push({ ...request, createdAt: time });
  }

  tag(name: string): void {
    if (this.#head !== undefined) {
      this.references.set(`refs/tags/${name}`, this.#head);
    }
  }

  /** Adds a commit beside the main branch, as people who try something do. */
  aside(tag: string, suffix: string, time: number): void {
    if (this.#head === undefined) return;
    const commit = this.objects.commit(
      this.#files(tag, { 'src/EXPERIMENT.md': `An attempt: ${suffix}.\n` }),
      [this.#head],
      this.#by(time),
      `chore: try out ${suffix}`,
    );
    this.references.set(`refs/tags/${tag}`, commit);
  }
}
