import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  deliveryWorkloadReadPermission,
  readMergeRequest,
  workloadKindSchema,
  type WorkloadGit,
} from '@orrery/backstage-plugin-delivery-common';
import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import { LRUCache } from 'lru-cache';
import type { TargetSight } from '../sight/TargetSight';
import { readWorkload, workloadTarget } from '../workloads/actions/ActionTools';
import type { GitTarget } from './GitPlaces';
import { GitUnknownError } from './GitUnknownError';
import { proposalsOf } from './proposals';
import type { ProposalTools } from './types';

/** Folders are not looked through again for every look at a page. */
const KEPT_MILLISECONDS = 30_000;
const MOST_PROPOSALS = 5;

type Place = NonNullable<WorkloadGit['place']>;

/** Where the manifest of a workload is in Git, and what was proposed to it. */
export class GitOpsService {
  readonly #tools: ProposalTools;
  readonly #sight: TargetSight;
  readonly #now: () => Date;
  readonly #places = new LRUCache<string, Place>({
    max: 2000,
    ttl: KEPT_MILLISECONDS,
  });

  constructor(options: {
    tools: ProposalTools;
    sight: TargetSight;
    now?: () => Date;
  }) {
    this.#tools = options.tools;
    this.#sight = options.sight;
    this.#now = options.now ?? (() => new Date());
  }

  /** @throws InvalidValueError and NotFoundError about the ref */
  async of(
    workload: string,
    credentials: BackstageCredentials,
  ): Promise<WorkloadGit> {
    const { config, gitlab } = this.#tools;
    const found = workloadTarget(workload, workloadKindSchema.options, config);
    const ref = formatRef({ ...found, type: 'workload' });
    await this.#sight.require(deliveryWorkloadReadPermission, ref, credentials);
    const target = { ...found, ref };
    const answer = (
      state: 'ok' | 'absent' | 'failed',
      more: Partial<WorkloadGit>,
    ): WorkloadGit => ({
      workload: ref,
      proposals: [],
      ...more,
      provenance: {
        sources: [
          {
            name: 'gitlab',
            state,
            ...(state === 'ok'
              ? { asOf: this.#now().toISOString() }
              : { reason: more.reason ?? 'Not known' }),
          },
        ],
        warnings: [],
      },
    });
    try {
      const place = await this.#placeOf(target);
      const requests = gitlab
        ? await proposalsOf(gitlab, place.project, target, 'all')
        : [];
      return answer('ok', {
        place,
        proposals: requests.slice(0, MOST_PROPOSALS).map(readMergeRequest),
      });
    } catch (error) {
      if (error instanceof Error && error.name === 'NotFoundError') {
        throw error;
      }
      const reason = error instanceof Error ? error.message : String(error);
      return answer(error instanceof GitUnknownError ? 'absent' : 'failed', {
        reason,
      });
    }
  }

  async #placeOf(
    target: GitTarget & ReturnType<typeof workloadTarget>,
  ): Promise<Place> {
    const known = this.#places.get(target.ref);
    if (known) {
      return known;
    }
    const { client, places } = this.#tools;
    const object = await readWorkload(client, target);
    const { keeper, project, projectUrl, branch, file } = await places.find(
      target,
      object,
    );
    const path = file.split('/').map(encodeURIComponent).join('/');
    const url = `${projectUrl}/-/blob/${encodeURIComponent(branch)}/${path}`;
    const place = { keeper, project, branch, file, url };
    this.#places.set(target.ref, place);
    return place;
  }
}
