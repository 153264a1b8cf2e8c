import { NotFoundError } from '@backstage/errors';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  compareTags,
  deliveryWorkloadReadPermission,
  parseImage,
  workloadKindSchema,
  WORKLOAD_KINDS,
  type ImageList,
  type ImageTag,
} from '@orrery/backstage-plugin-delivery-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import {
  parseTarget,
  type OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import type { TargetSight } from '../sight/TargetSight';
import type { WorkloadIndexes } from '../workloads/WorkloadIndexes';
import type { ImageScans } from './ImageScans';
import type { ImageRegistry } from './types';

const MAXIMUM_TAGS = 100;
const CONCURRENT = 8;

/** Does something with each item, a few at a time, in order. */
async function mapSome<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += CONCURRENT) {
    results.push(
      ...(await Promise.all(items.slice(from, from + CONCURRENT).map(work))),
    );
  }
  return results;
}

/** The images that a workload could run. */
export class ImagesService {
  readonly #options: {
    indexes: WorkloadIndexes;
    registry: ImageRegistry;
    scans: ImageScans;
    config: OrreryConfig;
    sight: TargetSight;
  };

  constructor(options: {
    indexes: WorkloadIndexes;
    registry: ImageRegistry;
    scans: ImageScans;
    config: OrreryConfig;
    sight: TargetSight;
  }) {
    this.#options = options;
  }

  /**
   * @param workload - ref of the workload
   * @throws InvalidValueError, NotFoundError and NotAllowedError
   */
  async list(
    query: { workload: string; container?: string },
    credentials: BackstageCredentials,
  ): Promise<ImageList> {
    const { indexes, registry, scans, config, sight } = this.#options;
    const { cluster, namespace, kind, name } = parseTarget(
      'workload',
      query.workload,
      { kinds: WORKLOAD_KINDS, config },
    );
    await sight.require(
      deliveryWorkloadReadPermission,
      query.workload,
      credentials,
    );
    const { index } = await indexes.read(cluster);
    const found = index.find(namespace, workloadKindSchema.parse(kind), name);
    if (!found) {
      throw new NotFoundError(`There is no ${kind} ${name} in ${namespace}`);
    }
    const { images } = found.summary;
    const chosen = query.container
      ? images.find(({ container }) => container === query.container)
      : images.find(({ container }) => container !== 'istio-proxy');
    if (!chosen) {
      throw new InvalidValueError(
        'container',
        `one of ${images.map(({ container }) => container).join(', ')}`,
        query.container,
      );
    }
    const { repository } = parseImage(chosen.image);
    const known = await registry.tags(chosen.image);
    const tags = known.state === 'ok' ? [...known.tags].sort(compareTags) : [];
    const running = await this.#running(repository, credentials);
    const items = await mapSome(tags.slice(0, MAXIMUM_TAGS), tag =>
      this.#describe(repository, tag, running),
    );
    return {
      repository,
      container: chosen.container,
      items: items.sort((left, right) =>
        left.createdAt && right.createdAt
          ? right.createdAt.localeCompare(left.createdAt)
          : Number(right.createdAt !== undefined) -
            Number(left.createdAt !== undefined),
      ),
      total: tags.length,
      isScanning: scans.placeOf(chosen.image) !== undefined,
      provenance: {
        sources: [
          known.state === 'ok'
            ? { name: 'registry', state: 'ok', asOf: new Date().toISOString() }
            : {
                name: 'registry',
                state: known.state === 'absent' ? 'absent' : 'failed',
                reason: known.reason,
              },
        ],
        warnings: [],
      },
    };
  }

  /** Refs by tag and by digest of what runs from a repository. */
  async #running(
    repository: string,
    credentials: BackstageCredentials,
  ): Promise<Map<string, string[]>> {
    const { indexes, config, sight } = this.#options;
    const read = await Promise.all(
      config.clusters.map(({ name }) => indexes.read(name)),
    );
    const summaries = await sight.filter(
      deliveryWorkloadReadPermission,
      read
        .flatMap(({ index }) => index.summaries)
        .filter(({ images }) =>
          images.some(({ image }) => image.startsWith(repository)),
        ),
      ({ ref }) => ref,
      credentials,
    );
    const running = new Map<string, string[]>();
    for (const { ref, images } of summaries) {
      for (const { image } of images) {
        const parts = parseImage(image);
        const key = parts.digest ?? parts.tag ?? 'latest';
        if (parts.repository === repository) {
          running.set(key, [...(running.get(key) ?? []), ref]);
        }
      }
    }
    return running;
  }

  async #describe(
    repository: string,
    tag: string,
    running: Map<string, string[]>,
  ): Promise<ImageTag> {
    const image = `${repository}:${tag}`;
    const { registry, scans } = this.#options;
    const state = await registry.inspect(image);
    const findings = await scans.describe(
      image,
      state.state === 'exists' ? state.digest : undefined,
    );
    const byTag = running.get(tag) ?? [];
    if (state.state !== 'exists') {
      return {
        tag,
        image,
        platforms: [],
        reason: state.reason,
        runningIn: byTag,
        ...findings,
      };
    }
    const { digest, createdAt, bytes, platforms, revision } = state;
    return {
      tag,
      image,
      digest,
      ...(createdAt && { createdAt }),
      ...(bytes !== undefined && { bytes }),
      platforms,
      ...(revision && { revision }),
      runningIn: [...new Set([...byTag, ...(running.get(digest) ?? [])])],
      ...findings,
    };
  }
}
