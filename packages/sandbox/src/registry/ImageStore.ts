import { gzipSync } from 'node:zlib';
import type { Clock } from '../clock';
import type { SourceHistory } from '../gitlab';
import type { World } from '../world/types';
import { ImageCatalog } from './catalog';
import { configType, imageLabels, layerType, manifestType } from './manifest';
import { PushedImages } from './PushedImages';

/** A manifest that a registry serves. */
export interface ServedManifest {
  digest: string;
  type: string;
  bytes: Buffer;
}

/** What a build makes an image of. */
export interface BuiltImage {
  repository: string;
  tag: string;
  revision: string;
  /** Address of the source. */
  source: string;
  /** Content of the one layer that the build adds. */
  layer: string;
}

export interface ImageStoreOptions {
  world: World;
  seed: number;
  source: SourceHistory;
  clock: Clock;
  /** Most bytes of pushed blobs; 512 MiB. */
  limitBytes?: number;
}

const LOCAL = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

/** All images of the registry: those that the world has had for long, and those that were pushed. */
export class ImageStore {
  readonly pushed: PushedImages;
  readonly catalog: ImageCatalog;

  constructor(private readonly options: ImageStoreOptions) {
    const { world, seed, source, clock, limitBytes } = options;
    this.catalog = new ImageCatalog(world, seed, source);
    this.pushed = new PushedImages(clock, limitBytes);
  }

  repositories(): string[] {
    const all = [...this.catalog.repositories(), ...this.pushed.repositories()];
    return [...new Set(all)].sort();
  }

  /** Tags of a repository, sorted; undefined when nobody knows it. */
  tags(repository: string): string[] | undefined {
    const listed = this.catalog.tags(repository);
    if (!listed && !this.pushed.has(repository)) return undefined;
    const all = new Set([...(listed ?? []), ...this.pushed.tags(repository)]);
    return [...all].sort((left, right) =>
      left.localeCompare(right, 'en', { numeric: true }),
    );
  }

  manifest(repository: string, reference: string): ServedManifest | undefined {
    const pushed = this.pushed.manifest(repository, reference);
    if (pushed) return pushed;
    const found = this.catalog.find(repository, reference);
    if (!found || found.configDigest === reference) return undefined;
    return {
      digest: found.manifestDigest,
      type: manifestType,
      bytes: Buffer.from(found.manifest),
    };
  }

  blob(repository: string, digest: string): Buffer | undefined {
    const pushed = this.pushed.blob(repository, digest);
    if (pushed) return pushed;
    const found = this.catalog.find(repository, digest);
    return found?.configDigest === digest
      ? Buffer.from(found.config)
      : undefined;
  }

  /** Whether a manifest may name a blob: the world's layers are known, though they have no content. */
  knowsBlob(repository: string, digest: string): boolean {
    return (
      this.blob(repository, digest) !== undefined ||
      this.catalog.hasLayer(repository, digest)
    );
  }

  /** Whether an image is named as one of this registry. */
  isHere(image: string): boolean {
    const [host] = image.split('/');
    return host === this.options.world.registry || LOCAL.test(host);
  }

  /** Whether a kubelet could pull an image. Other registries have everything. */
  canPull(image: string): boolean {
    const parts = /^[^/]+\/([^:@]+)(?::([^@]+))?(?:@(.+))?$/.exec(image);
    if (!parts || !this.isHere(image)) return true;
    const [, repository, tag = 'latest', digest] = parts;
    // Digests of the world's own images are not looked up: any may have run once.
    if (this.catalog.tags(repository)) return true;
    return this.manifest(repository, digest ?? tag) !== undefined;
  }

  /** Puts the image of a build under its tag, as a push does; answers its digest. */
  build({ repository, tag, revision, source, layer }: BuiltImage): string {
    const created = new Date(this.options.clock.now())
      .toISOString()
      .replace(/\.\d+/, '');
    const content = gzipSync(Buffer.from(layer));
    const layerDigest = this.pushed.putBlob(repository, content);
    const config = Buffer.from(
      JSON.stringify({
        created,
        architecture: 'amd64',
        os: 'linux',
        config: {
          Labels: imageLabels(
            { repository, tag, createdAt: created, revision },
            source,
          ),
          Entrypoint: [`/app/${repository.split('/').at(-1)}`],
        },
        rootfs: { type: 'layers', diff_ids: [layerDigest] },
        history: [{ created, created_by: 'COPY /work /app' }],
      }),
    );
    const manifest = {
      schemaVersion: 2,
      mediaType: manifestType,
      config: {
        mediaType: configType,
        digest: this.pushed.putBlob(repository, config),
        size: config.length,
      },
      layers: [
        { mediaType: layerType, digest: layerDigest, size: content.length },
      ],
      annotations: {
        'org.opencontainers.image.created': created,
        'org.opencontainers.image.revision': revision,
      },
    };
    const bytes = Buffer.from(JSON.stringify(manifest));
    this.pushed.putManifest(repository, bytes, manifestType, tag);
    return this.pushed.manifest(repository, tag)?.digest ?? '';
  }
}
