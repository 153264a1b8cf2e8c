import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Clock } from '../clock';
import type { ManifestProject } from '../gitops';
import type { World } from '../world/types';
import { Repository } from './git/Repository';
import {
  fullPath,
  type Namespace,
  type Project,
  type User,
  type Visibility,
} from './model';
import { pastRequests } from './pastRequests';
import type { SourceHistory } from './seed/SourceHistory';

/** What a project is created with. */
export interface ProjectInput {
  namespace: Namespace;
  path: string;
  name: string;
  description: string;
  visibility: Visibility;
  defaultBranch: string;
  topics: string[];
  creator: User;
  settings: Record<string, unknown>;
}

export interface ForgeOptions {
  world: World;
  source: SourceHistory;
  /** Repositories of manifests besides those of source. */
  manifests?: readonly ManifestProject[];
  clock: Clock;
  /** Where repositories are kept; a folder of its own below the machine's temporary one, removed at the end, unless given. */
  folder?: string;
}

/** The token that may do everything, of the user `orrery`. */
export const GITLAB_TOKEN = 'glpat-sandbox';

/** A token that may only look. */
export const GITLAB_READER_TOKEN = 'glpat-sandbox-reader';

const DAY = 86_400_000;
/** Ids of projects that are there from the beginning start here. */
const FIRST_PROJECT = 101;
const CONFIG =
  '[core]\n\trepositoryformatversion = 0\n\tbare = true\n[receive]\n\tdenyNonFastForwards = false\n';

/** Users, groups and projects, and the folders with their repositories. */
export class Forge {
  readonly users: User[];
  readonly namespaces: Namespace[];
  readonly #projects: Project[];
  /** Where the source of the world's own projects comes from, whatever they are called by now. */
  readonly #origins = new Map<Project, string>();
  readonly #ready = new Map<Project, Promise<Repository>>();
  readonly #queues = new Map<Project, Promise<unknown>>();
  #folder: Promise<string> | undefined;
  #nextId: number;

  constructor(private readonly options: ForgeOptions) {
    const { world, source, clock, manifests = [] } = options;
    const person = (index: number, username: string, name: string) => ({
      id: index + 1,
      username,
      name,
      email: `${username}@${world.domain}`,
      isAdmin: username === 'orrery',
      readsOnly: username === 'guest',
    });
    this.users = [
      person(0, 'orrery', 'Orrery'),
      ...world.people.map(({ name, displayName }, index) =>
        person(index + 1, name, displayName),
      ),
    ];
    const paths = source.paths();
    const since = clock.now() - 400 * DAY;
    const space = (
      id: number,
      kind: 'group' | 'user',
      path: string,
      name: string,
    ): Namespace => ({
      id,
      kind,
      path,
      name,
      description: '',
      visibility: 'internal',
      createdAt: since,
    });
    const all = [...paths, ...manifests.map(({ path }) => path)];
    const groups = [...new Set(all.map(path => path.split('/')[0]))];
    this.namespaces = [
      ...groups.map((path, index) => {
        const { title = path } =
          world.namespaces.find(({ name }) => name === path) ?? {};
        return {
          ...space(1000 + index, 'group', path, path),
          description: title,
        };
      }),
      ...this.users.map(({ id, username, name }) =>
        space(9000 + id, 'user', username, name),
      ),
    ];
    this.#projects = all.map((path, index) => {
      const app = source.app(path);
      const about =
        manifests.find(each => each.path === path) ??
        (app && { ...app, topics: [app.language.toLowerCase()] });
      if (!about) throw new Error(`there is no source of ${path}`);
      const project = this.#fromWorld(path, index, about);
      this.#origins.set(project, path);
      return project;
    });
    this.#nextId = 1_000_000;
  }

  #fromWorld(
    path: string,
    index: number,
    about: { owner: string; description: string; topics?: string[] },
  ): Project {
    const [group, ...rest] = path.split('/');
    const namespace = this.namespaces.find(each => each.path === group);
    if (!namespace) throw new Error(`there is no group ${group}`);
    const owners = this.options.world.people.filter(({ teams }) =>
      teams.includes(about.owner),
    );
    const { createdAt } = namespace;
    const members = owners.flatMap(({ name }) => {
      const user = this.users.find(({ username }) => username === name);
      return user ? [{ user, accessLevel: 40, createdAt }] : [];
    });
    return {
      ...this.#blank(createdAt),
      id: FIRST_PROJECT + index,
      namespace,
      path: rest.join('-'),
      name: rest.join('-'),
      description: about.description,
      visibility: 'internal',
      defaultBranch: 'main',
      topics: about.topics ?? [],
      creator: members[0]?.user ?? this.users[0],
      settings: {},
      members,
    };
  }

  #blank(createdAt: number) {
    return {
      isArchived: false,
      createdAt,
      lastActivityAt: createdAt,
      variables: [],
      hooks: [],
      mergeRequests: [],
      protectedBranches: [],
    };
  }

  /** An id that nothing else has. */
  nextId(): number {
    return this.#nextId++;
  }

  now(): number {
    return this.options.clock.now();
  }

  /** Whose token it is; every person of the world has one that ends in the name. */
  userOf(token: string): User | undefined {
    if (token === GITLAB_TOKEN) return this.users[0];
    const name =
      token === GITLAB_READER_TOKEN
        ? 'guest'
        : token.startsWith(`${GITLAB_TOKEN}-`) &&
          token.slice(GITLAB_TOKEN.length + 1);
    return this.users.find(({ username }) => username === name);
  }

  projects(): readonly Project[] {
    return this.#projects;
  }

  /** A project by its number or its path. */
  project(idOrPath: string): Project | undefined {
    return this.#projects.find(
      project =>
        String(project.id) === idOrPath ||
        fullPath(project).toLowerCase() === idOrPath.toLowerCase(),
    );
  }

  namespace(idOrPath: string): Namespace | undefined {
    return this.namespaces.find(
      ({ id, path }) =>
        String(id) === idOrPath ||
        path.toLowerCase() === idOrPath.toLowerCase(),
    );
  }

  create(input: ProjectInput): Project {
    const createdAt = this.now();
    const members = [{ user: input.creator, accessLevel: 50, createdAt }];
    const project: Project = {
      ...this.#blank(createdAt),
      ...input,
      id: this.nextId(),
      members,
    };
    this.#projects.push(project);
    return project;
  }

  async remove(project: Project): Promise<void> {
    const index = this.#projects.indexOf(project);
    if (index >= 0) this.#projects.splice(index, 1);
    const repository = await this.#ready.get(project);
    this.#ready.delete(project);
    if (repository)
      await rm(repository.folder, { recursive: true, force: true });
  }

  /** A project's repository, which is written to disk when it is first asked for. */
  repository(project: Project): Promise<Repository> {
    const known = this.#ready.get(project);
    if (known) return known;
    const made = this.#make(project);
    this.#ready.set(project, made);
    made.catch(() => this.#ready.delete(project));
    return made;
  }

  /** Runs writes to one repository one after the other. */
  async alone<T>(project: Project, work: () => Promise<T>): Promise<T> {
    const before = this.#queues.get(project) ?? Promise.resolve();
    const running = before.then(work);
    this.#queues.set(
      project,
      running.catch(() => undefined),
    );
    return running;
  }

  async close(): Promise<void> {
    if (!this.#folder || this.options.folder !== undefined) return;
    // Repositories that are being written would come back.
    await Promise.allSettled([
      ...this.#ready.values(),
      ...this.#queues.values(),
    ]);
    const retry = { maxRetries: 5, retryDelay: 50 };
    await rm(await this.#folder, { recursive: true, force: true, ...retry });
  }

  /** Folder of all repositories. */
  #root(): Promise<string> {
    const { folder } = this.options;
    this.#folder ??=
      folder === undefined
        ? mkdtemp(join(tmpdir(), 'orrery-sandbox-git-'))
        : mkdir(folder, { recursive: true }).then(() => folder);
    return this.#folder;
  }

  async #make(project: Project): Promise<Repository> {
    const folder = join(await this.#root(), `${project.id}.git`);
    // What an earlier process left belongs to another world.
    await rm(folder, { recursive: true, force: true });
    await mkdir(join(folder, 'objects', 'info'), { recursive: true });
    await mkdir(join(folder, 'refs', 'heads'), { recursive: true });
    await writeFile(join(folder, 'config'), CONFIG);
    const head = `ref: refs/heads/${project.defaultBranch}\n`;
    await writeFile(join(folder, 'HEAD'), head);
    const origin = this.#origins.get(project);
    const manifests = this.options.manifests?.find(
      ({ path }) => path === origin,
    );
    const source = origin && this.options.source.repository(origin);
    const grown = source || manifests?.repository(this.now());
    if (grown) {
      await grown.objects.write(folder);
      for (const [name, id] of grown.references) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), `${id}\n`);
      }
    }
    if (source) {
      project.mergeRequests.push(
        ...pastRequests(project, source.requests, this.users),
      );
    }
    return new Repository(folder);
  }
}
