import {
  mergeScans,
  parseImage,
  type ImageFindings,
  type ImageLabel,
  type ImageScan,
} from '@orrery/backstage-plugin-delivery-common';
import { LRUCache } from 'lru-cache';
import { HarborClient } from './HarborClient';
import type { RegistryConfig } from './types';

/** A page asks for all tags of a repository at once. */
const FRESH_MILLISECONDS = 10_000;
const KEPT = 200;
/** Images of one index that are asked for. */
const MOST_CHILDREN = 8;

/** A Harbor, and what it calls a repository. */
export type ScannedPlace = {
  host: string;
  harbor: HarborClient;
  repository: string;
};

/** What is known of an image by its registry's scanner. */
export type ImageScanAnswer = { labels?: ImageLabel[]; scan: ImageScan };

/** Answers what scanners of registries found; never throws. */
export class ImageScans {
  readonly #harbors: ReadonlyMap<string, HarborClient>;
  /** By host and name. */
  readonly #lists = new LRUCache<
    string,
    Promise<ReadonlyMap<string, ImageFindings>>
  >({ max: KEPT, ttl: FRESH_MILLISECONDS });

  constructor(registries: readonly RegistryConfig[]) {
    this.#harbors = new Map(
      registries
        .filter(({ kind }) => kind === 'harbor')
        .map(config => [config.host, new HarborClient(config)]),
    );
  }

  /** The Harbor of an image; undefined where its registry does not scan. */
  placeOf(image: string): ScannedPlace | undefined {
    const { repository } = parseImage(image);
    const slash = repository.indexOf('/');
    const host = repository.slice(0, Math.max(slash, 0));
    const harbor = this.#harbors.get(host);
    const name = repository.slice(slash + 1);
    // Harbor has no repository outside a project.
    return harbor && name.includes('/')
      ? { host, harbor, repository: name }
      : undefined;
  }

  /** What was found in an image, by the digest that its tag means. */
  async describe(
    image: string,
    digest: string | undefined,
  ): Promise<ImageScanAnswer> {
    const place = this.placeOf(image);
    if (!place) {
      return unknown('This registry does not scan');
    }
    if (digest === undefined) {
      return unknown('The registry does not tell which image it is');
    }
    try {
      const listed = (await this.#list(place)).get(digest);
      return await this.read(place, digest, listed);
    } catch (error) {
      return unknown(error instanceof Error ? error.message : String(error));
    }
  }

  /**
   * What was found in an image, as it is now unless it is given. An index of
   * which Harbor tells no scan has those of its images.
   *
   * @throws UpstreamError
   */
  async read(
    { harbor, repository }: ScannedPlace,
    digest: string,
    known?: ImageFindings,
  ): Promise<ImageScanAnswer> {
    const found = known ?? (await harbor.artifact(repository, digest));
    if (!found) {
      return unknown('Harbor does not have it');
    }
    const { labels, scan, children } = found;
    if (scan.state !== 'unknown' || children.length === 0) {
      return { labels, scan };
    }
    const scans = await Promise.all(
      children.slice(0, MOST_CHILDREN).map(async child => ({
        platform: child.platform,
        scan:
          (await harbor.artifact(repository, child.digest))?.scan ??
          unknown('Harbor does not have it').scan,
      })),
    );
    return { labels, scan: mergeScans(scans) };
  }

  #list({
    host,
    harbor,
    repository,
  }: ScannedPlace): Promise<ReadonlyMap<string, ImageFindings>> {
    const key = `${host}/${repository}`;
    const recent = this.#lists.get(key);
    if (recent) {
      return recent;
    }
    const asked = harbor.artifacts(repository);
    this.#lists.set(key, asked);
    return asked;
  }

  /** Forgets what was listed, so that a scan shows at once. */
  forget({ host, repository }: ScannedPlace): void {
    this.#lists.delete(`${host}/${repository}`);
  }
}

function unknown(reason: string): { scan: ImageScan } {
  return { scan: { state: 'unknown', reason } };
}
