import type { Clock } from '../clock';
import { BlobStore, digestOfBytes } from './BlobStore';
import { readManifest, type ManifestContent } from './manifestTypes';

/** A manifest as it was pushed, byte for byte. */
export interface StoredManifest {
  digest: string;
  type: string;
  bytes: Buffer;
  content: ManifestContent;
  /** Milliseconds since the Unix epoch. */
  pushedAt: number;
}

/** One repository of what was pushed. */
interface Repository {
  blobs: Set<string>;
  manifests: Map<string, StoredManifest>;
  /** Digests by tag. */
  tags: Map<string, string>;
}

/** 512 MiB. */
const LIMIT = 512 * 1024 * 1024;

/** Images that were pushed while the sandbox runs. */
export class PushedImages {
  readonly blobs: BlobStore;
  readonly #repositories = new Map<string, Repository>();

  constructor(private readonly clock: Clock, limitBytes = LIMIT) {
    this.blobs = new BlobStore(limitBytes);
  }

  /** Repositories with a manifest. */
  repositories(): string[] {
    return [...this.#repositories]
      .filter(([, { manifests }]) => manifests.size > 0)
      .map(([name]) => name);
  }

  /** Whether anything was ever pushed to a repository. */
  has(name: string): boolean {
    return this.#repositories.has(name);
  }

  tags(name: string): string[] {
    return [...(this.#repositories.get(name)?.tags.keys() ?? [])];
  }

  /** Manifests of a repository, with the tags that lead to them. */
  manifests(name: string): { manifest: StoredManifest; tags: string[] }[] {
    const repository = this.#repositories.get(name);
    if (!repository) return [];
    return [...repository.manifests.values()].map(manifest => ({
      manifest,
      tags: [...repository.tags]
        .filter(([, digest]) => digest === manifest.digest)
        .map(([tag]) => tag),
    }));
  }

  manifest(name: string, reference: string): StoredManifest | undefined {
    const repository = this.#repositories.get(name);
    const digest = repository?.tags.get(reference) ?? reference;
    return repository?.manifests.get(digest);
  }

  blob(name: string, digest: string): Buffer | undefined {
    return this.#repositories.get(name)?.blobs.has(digest)
      ? this.blobs.get(digest)
      : undefined;
  }

  /** @throws StoreFull */
  putBlob(name: string, bytes: Buffer): string {
    const digest = this.blobs.put(bytes);
    this.#repository(name).blobs.add(digest);
    return digest;
  }

  /** Links another repository's blob; false when it has none. */
  mount(name: string, digest: string, from: string): boolean {
    if (!this.blob(from, digest)) return false;
    this.#repository(name).blobs.add(digest);
    return true;
  }

  /** Stores a manifest, whose content must have been checked; a tag may lead to it. */
  putManifest(
    name: string,
    bytes: Buffer,
    type: string,
    tag: string | undefined,
  ): StoredManifest | undefined {
    const content = readManifest(bytes, type);
    if (!content) return undefined;
    const repository = this.#repository(name);
    const digest = digestOfBytes(bytes);
    const manifest = repository.manifests.get(digest) ?? {
      digest,
      type,
      bytes,
      content,
      pushedAt: this.clock.now(),
    };
    repository.manifests.set(digest, manifest);
    if (tag !== undefined) repository.tags.set(tag, digest);
    return manifest;
  }

  /** Forgets a manifest with its tags; false when there is none. */
  deleteManifest(name: string, digest: string): boolean {
    const repository = this.#repositories.get(name);
    if (!repository?.manifests.delete(digest)) return false;
    for (const [tag, target] of repository.tags) {
      if (target === digest) repository.tags.delete(tag);
    }
    return true;
  }

  deleteTag(name: string, tag: string): boolean {
    return this.#repositories.get(name)?.tags.delete(tag) ?? false;
  }

  deleteBlob(name: string, digest: string): boolean {
    const isThere = this.#repositories.get(name)?.blobs.delete(digest) ?? false;
    this.blobs.keepOnly(each =>
      [...this.#repositories.values()].some(({ blobs }) => blobs.has(each)),
    );
    return isThere;
  }

  #repository(name: string): Repository {
    const known = this.#repositories.get(name);
    if (known) return known;
    const made = {
      blobs: new Set<string>(),
      manifests: new Map(),
      tags: new Map(),
    };
    this.#repositories.set(name, made);
    return made;
  }
}
