import { createHash } from 'node:crypto';
import { parseImage } from '@orrery/backstage-plugin-delivery-common';
import { LRUCache } from 'lru-cache';
import {
  CREATED,
  imageConfigSchema,
  manifestSchema,
  MANIFEST_TYPES,
  platformOf,
  REVISION,
} from './manifests';
import { RegistryClient, RegistryError } from './RegistryClient';
import type { ImageRegistry, ImageState, RegistryConfig } from './types';

const KEPT = 2000;
const MAXIMUM_TAGS = 1000;
/** A tag can be moved; what it means is asked again after so long. */
const TAG_MILLISECONDS = 15_000;

type Place = { client: RegistryClient; repository: string };

/** Asks the configured registries about images. */
export class OciImageRegistry implements ImageRegistry {
  readonly #clients: ReadonlyMap<string, RegistryClient>;
  /** By digest: what it names never changes. */
  readonly #facts = new LRUCache<string, ImageState>({ max: KEPT });
  readonly #recent = new LRUCache<string, Promise<ImageState>>({
    max: KEPT,
    ttl: TAG_MILLISECONDS,
  });

  constructor(registries: readonly RegistryConfig[]) {
    this.#clients = new Map(
      registries.map(config => [config.host, new RegistryClient(config)]),
    );
  }

  async inspect(image: string): Promise<ImageState> {
    const recent = this.#recent.get(image);
    if (recent) {
      return recent;
    }
    const asked = this.#inspect(image);
    this.#recent.set(image, asked);
    return asked;
  }

  async tags(image: string): ReturnType<ImageRegistry['tags']> {
    const place = this.#place(image);
    if (!place) {
      return { state: 'unknown', reason: this.#noRegistry(image) };
    }
    try {
      const { body } = await place.client.get(
        place.repository,
        `tags/list?n=${MAXIMUM_TAGS}`,
      );
      const answer: unknown = JSON.parse(body);
      const tags: unknown =
        typeof answer === 'object' && answer !== null
          ? Reflect.get(answer, 'tags')
          : undefined;
      return {
        state: 'ok',
        tags: Array.isArray(tags)
          ? tags.filter(tag => typeof tag === 'string')
          : [],
      };
    } catch (error) {
      const isAbsent =
        error instanceof RegistryError && error.statusCode === 404;
      return {
        state: isAbsent ? 'absent' : 'unknown',
        reason: reasonOf(error),
      };
    }
  }

  #place(image: string): Place | undefined {
    const { repository } = parseImage(image);
    const slash = repository.indexOf('/');
    const client =
      slash > 0 ? this.#clients.get(repository.slice(0, slash)) : undefined;
    return client && { client, repository: repository.slice(slash + 1) };
  }

  #noRegistry(image: string): string {
    const [host] = parseImage(image).repository.split('/');
    return `no registry ${host} is configured under orrery.registries`;
  }

  async #inspect(image: string): Promise<ImageState> {
    const place = this.#place(image);
    if (!place) {
      return { state: 'unknown', reason: this.#noRegistry(image) };
    }
    const { tag = 'latest', digest } = parseImage(image);
    try {
      const wanted = digest ?? (await this.#digestOf(place, tag));
      const key = `${place.repository}@${wanted}`;
      const known = this.#facts.get(key) ?? (await this.#read(place, wanted));
      this.#facts.set(key, known);
      return known;
    } catch (error) {
      return error instanceof RegistryError && error.statusCode === 404
        ? { state: 'absent', reason: error.message }
        : { state: 'unknown', reason: reasonOf(error) };
    }
  }

  async #digestOf({ client, repository }: Place, tag: string): Promise<string> {
    const path = `manifests/${tag}`;
    const { headers } = await client.get(repository, path, {
      accept: MANIFEST_TYPES,
      headersOnly: true,
    });
    const digest = headers.get('docker-content-digest');
    if (digest) {
      return digest;
    }
    // Not every registry tells it; it is the hash of the manifest.
    const { body } = await client.get(repository, path, {
      accept: MANIFEST_TYPES,
    });
    return `sha256:${createHash('sha256').update(body).digest('hex')}`;
  }

  async #manifest({ client, repository }: Place, digest: string) {
    const { body } = await client.get(repository, `manifests/${digest}`, {
      accept: MANIFEST_TYPES,
    });
    return manifestSchema.parse(JSON.parse(body));
  }

  async #read(place: Place, digest: string): Promise<ImageState> {
    const top = await this.#manifest(place, digest);
    const images = (top.manifests ?? []).filter(platformOf);
    const [first] = images;
    const manifest = first ? await this.#manifest(place, first.digest) : top;
    const config = manifest.config && {
      ...imageConfigSchema.parse(
        JSON.parse(
          (
            await place.client.get(
              place.repository,
              `blobs/${manifest.config.digest}`,
            )
          ).body,
        ),
      ),
    };
    const labels = config?.config?.Labels ?? {};
    const annotations = { ...manifest.annotations, ...top.annotations };
    const createdAt = annotations[CREATED] ?? config?.created;
    const revision = labels[REVISION] ?? annotations[REVISION];
    const bytes = (manifest.layers ?? []).reduce(
      (sum, { size }) => sum + size,
      manifest.config?.size ?? 0,
    );
    const own =
      config?.os && config.architecture
        ? [`${config.os}/${config.architecture}`]
        : [];
    return {
      state: 'exists',
      digest,
      ...(createdAt && { createdAt }),
      ...(revision && { revision }),
      ...(bytes > 0 && { bytes }),
      platforms: first ? images.flatMap(image => platformOf(image) ?? []) : own,
    };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof RegistryError
    ? error.message
    : 'what the registry answered cannot be read';
}
