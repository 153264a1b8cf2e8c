import type { World } from '../world/types';
import type { SourceHistory } from '../gitlab';
import { imageOf, listedTags, type RegistryImage } from './images';
import { imageDocuments, layersOf, type ImageDocuments } from './manifest';

/** What the registry has, by repository, tag and digest. */
export class ImageCatalog {
  readonly #tags: ReadonlyMap<string, string[]>;
  readonly #seed: number;
  readonly #base: string;
  readonly #byTag = new Map<string, ImageDocuments>();
  readonly #byDigest = new Map<string, ImageDocuments>();

  constructor(
    world: World,
    seed: number,
    private readonly source: SourceHistory,
  ) {
    this.#tags = listedTags(world);
    this.#seed = seed;
    this.#base = `https://git.${world.domain}`;
  }

  repositories(): string[] {
    return [...this.#tags.keys()].sort();
  }

  tags(repository: string): readonly string[] | undefined {
    return this.#tags.get(repository);
  }

  /**
   * The image that a tag or a digest names. Tags need not be listed: whatever
   * can be deployed in the world exists, only `-missing` ones never do.
   */
  find(repository: string, reference: string): ImageDocuments | undefined {
    const listed = this.#tags.get(repository);
    if (!listed) return undefined;
    if (reference.startsWith('sha256:')) {
      for (const tag of listed) this.#load(repository, tag, listed);
      return this.#byDigest.get(`${repository}@${reference}`);
    }
    return reference.endsWith('-missing')
      ? undefined
      : this.#load(repository, reference, listed);
  }

  /** Good versions of a repository and when they were built, the oldest first. */
  built(repository: string): RegistryImage[] {
    const listed = this.#tags.get(repository) ?? [];
    return listed
      .filter(tag => /^\d+\.\d+\.\d+$/.test(tag))
      .map(tag => imageOf(repository, tag, listed, this.#seed));
  }

  /** Whether a digest is of a layer of one of a repository's listed images. */
  hasLayer(repository: string, digest: string): boolean {
    const listed = this.#tags.get(repository) ?? [];
    return listed.some(tag => layersOf(repository, tag).includes(digest));
  }

  #load(
    repository: string,
    tag: string,
    listed: readonly string[],
  ): ImageDocuments {
    const key = `${repository}:${tag}`;
    let documents = this.#byTag.get(key);
    if (!documents) {
      const image = imageOf(repository, tag, listed, this.#seed);
      // What nobody lists was built from nobody's commit.
      const revision =
        this.source.revision(repository, image.tag) ?? image.revision;
      documents = imageDocuments({ ...image, revision }, this.#base);
      this.#byTag.set(key, documents);
      for (const digest of [documents.manifestDigest, documents.configDigest]) {
        this.#byDigest.set(`${repository}@${digest}`, documents);
      }
    }
    return documents;
  }
}
