import { createHash } from 'node:crypto';
import { createRandom } from '../random';
import { imageRepository } from '../world/names';
import type { World } from '../world/types';

/** Suffixes of tags whose images do as they say. */
export const tellingSuffixes = [
  'broken',
  'slow',
  'crash',
  'slowstart',
  'leak',
] as const;

const DAY = 86_400_000;

/** When the newest of a repository's images was built, at the earliest: images do not age with the process. */
const EPOCH = Date.parse('2026-09-01T08:00:00Z');

/** An image that the registry has. */
export interface RegistryImage {
  /** Without the registry's host. */
  repository: string;
  tag: string;
  createdAt: string;
  /** Commit that it was built from. */
  revision: string;
}

const sha256 = (content: string) =>
  createHash('sha256').update(content).digest('hex');

/** Digest of content, as the distribution protocol writes it. */
export const digestOf = (content: string) => `sha256:${sha256(content)}`;

interface Version {
  major: number;
  minor: number;
  patch: number;
}

const parse = (tag: string): Version | undefined => {
  const found = /^(\d+)\.(\d+)\.(\d+)$/.exec(tag);
  return found
    ? {
        major: Number(found[1]),
        minor: Number(found[2]),
        patch: Number(found[3]),
      }
    : undefined;
};

const text = ({ major, minor, patch }: Version) => `${major}.${minor}.${patch}`;

/** Good versions around one that runs: some before it, three after. */
function around(version: Version): string[] {
  const { major, minor, patch } = version;
  const before = [3, 2, 1]
    .filter(back => patch - back >= 0)
    .map(back => ({ major, minor, patch: patch - back }));
  const earlier = minor > 0 ? [{ major, minor: minor - 1, patch: 0 }] : [];
  return [
    ...earlier,
    ...before,
    version,
    { major, minor, patch: patch + 1 },
    { major, minor: minor + 1, patch: 0 },
    { major, minor: minor + 1, patch: 1 },
  ].map(text);
}

function compare(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}

/** The tags that each repository of the world's registry lists, by repository; sorted. */
export function listedTags(world: World): Map<string, string[]> {
  const prefix = `${world.registry}/`;
  const tags = new Map<string, Set<string>>();
  for (const app of world.apps) {
    const image = imageRepository(world, app);
    if (!image.startsWith(prefix)) continue;
    const repository = image.slice(prefix.length);
    const found = tags.get(repository) ?? new Set<string>();
    tags.set(repository, found);
    const named = [
      ...app.releases.map(({ tag }) => tag),
      ...Object.keys(app.behaviourByTag ?? {}),
    ];
    for (const tag of named) {
      const version = parse(tag);
      for (const good of version ? around(version) : [tag]) found.add(good);
    }
    const newest = [...found].filter(parse).sort(compare).at(-1);
    for (const suffix of tellingSuffixes) found.add(`${newest}-${suffix}`);
    found.add('latest');
  }
  return new Map(
    [...tags].map(([repository, found]) => [
      repository,
      [...found].sort(compare),
    ]),
  );
}

/** The image behind a tag; equal seeds give equal images. `latest` is the newest good version. */
export function imageOf(
  repository: string,
  tag: string,
  listed: readonly string[],
  seed: number,
): RegistryImage {
  const good = listed.filter(parse);
  const real = tag === 'latest' ? good.at(-1) ?? tag : tag;
  const base = real.replace(/-[a-z]+$/, '');
  const rank = good.indexOf(base);
  const random = createRandom(seed).fork(`image ${repository}:${real}`);
  const days = (rank < 0 ? good.length : rank) * 6 + random.next() * 4;
  return {
    repository,
    tag: real,
    createdAt: new Date(Math.round(EPOCH + days * DAY))
      .toISOString()
      .replace(/\.\d+/, ''),
    revision: sha256(`commit ${seed} ${repository} ${real}`).slice(0, 40),
  };
}
