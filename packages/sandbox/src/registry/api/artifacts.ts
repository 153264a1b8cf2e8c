import type { Clock } from '../../clock';
import type { ImageStore, ServedManifest } from '../ImageStore';
import { Scanner, type Scanned } from './Scanner';

/** When what nobody knows the time of was made. */
export const LONG_AGO = Date.parse('2025-10-01T00:00:00Z');

interface Child {
  digest: string;
  platform?: { architecture?: string; os?: string; variant?: string };
}

interface Artifact extends Scanned {
  tags: string[];
  size: number;
  type: string;
  platforms: readonly Child[];
}

/** Images as Harbor tells of them: one artifact for each digest. */
export class Artifacts {
  readonly #scanner: Scanner;

  constructor(private readonly images: ImageStore, clock: Clock, seed: number) {
    this.#scanner = new Scanner(clock, seed);
  }

  /** Images of a repository with their tags, the newest first. */
  of(repository: string): Artifact[] {
    const byDigest = new Map<string, Artifact>();
    for (const tag of this.images.tags(repository) ?? []) {
      const manifest = this.images.manifest(repository, tag);
      if (manifest) {
        const known =
          byDigest.get(manifest.digest) ?? this.#read(repository, manifest);
        known.tags.push(tag);
        byDigest.set(manifest.digest, known);
      }
    }
    return [...byDigest.values()].sort(
      (left, right) => right.pushedAt - left.pushedAt,
    );
  }

  /** An image by its tag or digest; those of an index have no tag. */
  find(repository: string, reference: string): Artifact | undefined {
    const tagged = this.of(repository).find(
      ({ digest, tags }) => digest === reference || tags.includes(reference),
    );
    if (tagged || !reference.startsWith('sha256:')) return tagged;
    const manifest = this.images.manifest(repository, reference);
    return manifest && this.#read(repository, manifest);
  }

  /** Begins a scan; false where one runs. */
  scan(artifact: Artifact): boolean {
    return this.#scanner.scan(artifact);
  }

  #read(repository: string, { digest, type, bytes }: ServedManifest): Artifact {
    const content: {
      layers?: { size?: number }[];
      manifests?: Child[];
      annotations?: Record<string, string>;
    } = JSON.parse(bytes.toString());
    const created = Date.parse(
      content.annotations?.['org.opencontainers.image.created'] ?? '',
    );
    const pushed = this.images.pushed.manifest(repository, digest)?.pushedAt;
    const platforms = content.manifests ?? [];
    const pushedAt = pushed ?? (Number.isNaN(created) ? LONG_AGO : created);
    return {
      digest,
      tags: [],
      size: (content.layers ?? []).reduce((sum, { size = 0 }) => sum + size, 0),
      type,
      pushedAt,
      platforms,
      children: platforms
        // Attestations are listed as images of an unknown platform.
        .filter(({ platform }) => platform?.os !== 'unknown')
        .map(child => ({ digest: child.digest, pushedAt, children: [] })),
    };
  }

  /** An image as Harbor tells it, with what the query asks for. */
  shape(artifact: Artifact, index: number, query: URLSearchParams) {
    const { digest, size, type, pushedAt, tags, platforms } = artifact;
    const wants = (name: string) => query.get(name) === 'true';
    const push_time = new Date(pushedAt).toISOString();
    return {
      id: index + 1,
      type: 'IMAGE',
      digest,
      size,
      manifest_media_type: type,
      push_time,
      pull_time: push_time,
      references:
        platforms.length === 0
          ? null
          : platforms.map((child, position) => ({
              parent_id: index + 1,
              child_id: 1000 + position,
              child_digest: child.digest,
              platform: child.platform ?? null,
            })),
      tags:
        query.get('with_tag') === 'false' || tags.length === 0
          ? null
          : tags.map((name, id) => ({
              id: id + 1,
              name,
              push_time,
              immutable: false,
            })),
      labels: wants('with_label') ? this.#labels(tags) : null,
      ...(wants('with_scan_overview')
        ? { scan_overview: this.#scanner.overview(artifact) ?? null }
        : {}),
    };
  }

  /** Versions whose number says so are labelled as releases. */
  #labels(tags: readonly string[]) {
    return tags.some(tag => /^\d+\.\d+\.\d+$/.test(tag))
      ? [{ id: 1, name: 'release', color: '#48960C', scope: 'g' }]
      : [];
  }
}
