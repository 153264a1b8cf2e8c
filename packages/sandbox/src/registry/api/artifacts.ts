import type { Clock } from '../../clock';
import { createRandom } from '../../random';
import type { ImageStore } from '../ImageStore';

/** How long a scanner takes for an image that was just pushed, in milliseconds. */
const SCANNING = 15_000;
const REPORT = 'application/vnd.security.vulnerability.report; version=1.1';

/** When what nobody knows the time of was made. */
export const LONG_AGO = Date.parse('2025-10-01T00:00:00Z');

/** Images as Harbor tells of them: one artifact for each digest. */
export class Artifacts {
  constructor(
    private readonly images: ImageStore,
    private readonly clock: Clock,
    private readonly seed: number,
  ) {}

  /** Images of a repository with their tags, the newest first. */
  of(repository: string) {
    const byDigest = new Map<
      string,
      { tags: string[]; size: number; type: string; pushedAt: number }
    >();
    for (const tag of this.images.tags(repository) ?? []) {
      const manifest = this.images.manifest(repository, tag);
      if (manifest) {
        const content: {
          layers?: { size?: number }[];
          annotations?: Record<string, string>;
        } = JSON.parse(manifest.bytes.toString());
        const created = Date.parse(
          content.annotations?.['org.opencontainers.image.created'] ?? '',
        );
        const pushed = this.images.pushed.manifest(repository, tag)?.pushedAt;
        const known = byDigest.get(manifest.digest) ?? {
          tags: [],
          size: (content.layers ?? []).reduce(
            (sum, { size = 0 }) => sum + size,
            0,
          ),
          type: manifest.type,
          pushedAt: pushed ?? (Number.isNaN(created) ? LONG_AGO : created),
        };
        known.tags.push(tag);
        byDigest.set(manifest.digest, known);
      }
    }
    return [...byDigest].sort(
      ([, left], [, right]) => right.pushedAt - left.pushedAt,
    );
  }

  /** The same as Harbor tells them, with what the query asks for. */
  shapes(repository: string, query: URLSearchParams) {
    const wants = (name: string) => query.get(name) === 'true';
    return this.of(repository).map(
      ([digest, { tags, size, type, pushedAt }], index) => {
        const push_time = new Date(pushedAt).toISOString();
        return {
          id: index + 1,
          type: 'IMAGE',
          digest,
          size,
          manifest_media_type: type,
          push_time,
          pull_time: push_time,
          tags:
            query.get('with_tag') === 'false'
              ? null
              : tags.map((name, id) => ({
                  id: id + 1,
                  name,
                  push_time,
                  immutable: false,
                })),
          labels: wants('with_label') ? this.#labels(tags) : null,
          ...(wants('with_scan_overview')
            ? { scan_overview: this.#scan(digest, pushedAt) }
            : {}),
        };
      },
    );
  }

  #scan(digest: string, pushedAt: number) {
    const random = createRandom(this.seed).fork(`scan ${digest}`);
    const isDone = this.clock.now() - pushedAt > SCANNING;
    const counts = {
      Critical: random.next() < 0.15 ? 1 : 0,
      High: random.integer(4),
      Medium: random.integer(9),
      Low: random.integer(20),
    };
    const worst = (['Critical', 'High', 'Medium', 'Low'] as const).find(
      name => counts[name] > 0,
    );
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const scanner = {
      name: 'Trivy',
      vendor: 'Aqua Security',
      version: 'v0.66.0',
    };
    return {
      [REPORT]: isDone
        ? {
            report_id: digest.slice(7, 43),
            scan_status: 'Success',
            severity: worst ?? 'None',
            duration: 9,
            summary: { total, fixable: Math.floor(total / 2), summary: counts },
            complete_percent: 100,
            scanner,
          }
        : {
            scan_status: 'Running',
            severity: 'Unknown',
            complete_percent: 40,
            scanner,
          },
    };
  }

  /** Versions whose number says so are labelled as releases. */
  #labels(tags: readonly string[]) {
    return tags.some(tag => /^\d+\.\d+\.\d+$/.test(tag))
      ? [{ id: 1, name: 'release', color: '#48960C', scope: 'g' }]
      : [];
  }
}
