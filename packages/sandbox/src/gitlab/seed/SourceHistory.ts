import { createRandom } from '../../random';
import { imageOf, listedTags, tellingSuffixes } from '../../registry/images';
import { imageRepository } from '../../world/names';
import type { App, Person, World } from '../../world/types';
import type { GitObjects } from '../git/GitObjects';
import { filesOf } from './files';
import { Growth, type SourceRequest } from './Growth';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const changes: readonly [kind: string, texts: readonly string[]][] = [
  [
    'fix',
    [
      'close connections that nobody uses',
      'retry once on a reset',
      'round amounts half to even',
      'answer 404 for unknown ids',
    ],
  ],
  [
    'feat',
    [
      'page long lists',
      'log the trace id',
      'expose latency histograms',
      'accept several currencies',
    ],
  ],
  ['perf', ['prepare statements once', 'cache reference data for a minute']],
  ['chore', ['update dependencies', 'raise the memory limit of tests']],
  ['test', ['cover the time-out of a dependency', 'check refusals by table']],
];

/** How many repositories have a merge request that waits. */
const OPEN = 0.6;

/** A repository as it is before anybody pushes to it. */
export interface SourceRepository {
  objects: GitObjects;
  /** Commit ids by full name of their reference. */
  references: ReadonlyMap<string, string>;
  /** The oldest first. */
  requests: readonly SourceRequest[];
  createdAt: number;
}

/** Whose work an app is: the team's people, or the platform's. */
function authors({ people }: World, owner: string): readonly Person[] {
  const team = people.filter(({ teams }) => teams.includes(owner));
  const platform = people.filter(({ teams }) => teams.includes('platform'));
  return [team, platform, people].find(({ length }) => length > 0) ?? [];
}

/** The source of what the world's registry has: one repository for each image repository, the same at equal seeds. */
export class SourceHistory {
  readonly #tags: ReadonlyMap<string, string[]>;
  readonly #apps: ReadonlyMap<string, App>;
  /** Commits by reference; the objects themselves would be large to keep. */
  readonly #references = new Map<string, ReadonlyMap<string, string>>();

  constructor(private readonly world: World, private readonly seed: number) {
    this.#tags = listedTags(world);
    const prefix = `${world.registry}/`;
    const apps = new Map<string, App>();
    for (const app of world.apps) {
      const image = imageRepository(world, app);
      const path = image.slice(prefix.length);
      if (image.startsWith(prefix) && !apps.has(path)) apps.set(path, app);
    }
    this.#apps = apps;
  }

  /** Paths of all repositories, sorted. */
  paths(): string[] {
    return [...this.#apps.keys()].sort();
  }

  /** The app whose source a repository is. */
  app(path: string): App | undefined {
    return this.#apps.get(path);
  }

  /** The repository of a path; grown anew each time, always the same. */
  repository(path: string): SourceRepository | undefined {
    const app = this.#apps.get(path);
    if (!app) return undefined;
    const grown = this.#grow(path, app, this.#tags.get(path) ?? []);
    this.#references.set(path, grown.references);
    return grown;
  }

  /** The Jenkinsfile of a repository's main branch; empty without one. */
  jenkinsfile(path: string): string {
    const app = this.#apps.get(path);
    if (!app) return '';
    const { title, description, language, owner, port } = app;
    const image = `${this.world.registry}/${path}`;
    const input = { path, image, title, description, language, owner, port };
    return filesOf({ ...input, version: '' }).Jenkinsfile;
  }

  /** Full names of those who work on a repository. */
  people(path: string): string[] {
    const owner = this.#apps.get(path)?.owner ?? '';
    return authors(this.world, owner).map(({ displayName }) => displayName);
  }

  /** Commit that an image was built from; undefined for tags that nobody lists. */
  revision(path: string, tag: string): string | undefined {
    const references =
      this.#references.get(path) ?? this.repository(path)?.references;
    return references?.get(`refs/tags/${tag}`);
  }

  #grow(path: string, app: App, tags: readonly string[]): SourceRepository {
    const random = createRandom(this.seed).fork(`source ${path}`);
    const growth = new Growth(
      app,
      path,
      `${this.world.registry}/${path}`,
      authors(this.world, app.owner),
      random,
    );
    const built = (tag: string) =>
      Date.parse(imageOf(path, tag, tags, this.seed).createdAt);
    const isAside = (tag: string) =>
      tellingSuffixes.some(suffix => tag.endsWith(`-${suffix}`));
    const good = tags.filter(tag => tag !== 'latest' && !isAside(tag));
    const createdAt = (good[0] ? built(good[0]) : 0) - 300 * DAY;
    growth.grow(good[0] ?? '0.0.1', 'feat: initial commit', createdAt);
    for (const tag of good) {
      const end = built(tag) - 12 * MINUTE;
      for (let left = 1 + random.integer(2); left > 0; left--) {
        const [kind, texts] = random.pick(changes);
        growth.merge(
          tag,
          `${kind}: ${random.pick(texts)}`,
          end - left * (5 + random.integer(12)) * HOUR,
        );
      }
      growth.grow(tag, `chore: release ${tag}`, end);
      growth.tag(tag);
    }
    for (const tag of tags.filter(isAside)) {
      const suffix = tag.split('-').at(-1) ?? tag;
      growth.aside(tag, suffix, built(tag) - 12 * MINUTE);
    }
    const last = good.at(-1);
    if (last) {
      growth.grow(
        last,
        'docs: say who owns the service',
        built(last) + 2 * DAY,
      );
    }
    if (last && random.next() < OPEN) {
      const [kind, texts] = random.pick(changes);
      const time = built(last) + (3 + random.integer(5)) * DAY;
      growth.propose(last, `${kind}: ${random.pick(texts)}`, time);
    }
    const { objects, references, requests } = growth;
    return { objects, references, requests, createdAt };
  }
}
