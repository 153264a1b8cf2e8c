import { NotFoundError } from '@backstage/errors';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  deliveryNumbers,
  deliveryReleaseReadPermission,
  type DeliveryNumbersList,
  type Release,
  type ReleaseDetails,
  type ReleaseList,
} from '@orrery/backstage-plugin-delivery-common';
import type { TargetAuthority } from '@orrery/backstage-plugin-orrery-node';
import type { TargetSight } from '../sight/TargetSight';
import type {
  ReleaseFilter,
  ReleaseStore,
  StoredRelease,
} from './ReleaseStore';

/** More releases than this are not counted. */
const MOST_COUNTED = 50_000;
const DAY_MILLISECONDS = 86_400_000;
const NO_TEAM = 'unknown';

function withoutTemplate({ template: _, ...release }: StoredRelease): Release {
  return release;
}

/** Releases and numbers, with what a caller may see. */
export class ReleasesService {
  readonly #store: ReleaseStore;
  readonly #sight: TargetSight;
  readonly #authority: TargetAuthority;
  readonly #now: () => Date;

  constructor(options: {
    store: ReleaseStore;
    sight: TargetSight;
    authority: TargetAuthority;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#sight = options.sight;
    this.#authority = options.authority;
    this.#now = options.now ?? (() => new Date());
  }

  async list(
    filter: ReleaseFilter,
    credentials: BackstageCredentials,
  ): Promise<ReleaseList> {
    const found = await this.#store.list({
      ...filter,
      limit: filter.limit + 1,
    });
    const page = found.slice(0, filter.limit);
    const seen = await this.#seen(page, credentials);
    const last = page.at(-1);
    return {
      items: seen.map(withoutTemplate),
      ...(found.length > filter.limit && last && { next: last.startedAt }),
      provenance: { sources: [], warnings: [] },
    };
  }

  async details(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<ReleaseDetails> {
    const release = await this.#store.get(id);
    if (!release) {
      throw new NotFoundError(`There is no release ${id}`);
    }
    await this.#sight.require(
      deliveryReleaseReadPermission,
      release.workload,
      credentials,
    );
    const previous = await this.#store.previousOf(release);
    return {
      release: withoutTemplate(release),
      template: release.template,
      ...(previous && {
        previous: withoutTemplate(previous),
        templateBefore: previous.template,
      }),
    };
  }

  async numbers(
    query: { days: number; by: 'service' | 'team' } & Pick<
      ReleaseFilter,
      'cluster' | 'namespaces'
    >,
    credentials: BackstageCredentials,
  ): Promise<DeliveryNumbersList> {
    const { days, by, cluster, namespaces } = query;
    const since = new Date(
      this.#now().getTime() - days * DAY_MILLISECONDS,
    ).toISOString();
    const found = await this.#store.list({
      cluster,
      namespaces,
      since,
      limit: MOST_COUNTED,
    });
    const seen = await this.#seen(found, credentials);
    const groups = new Map<string, Release[]>();
    const teams = new Map<string, string>();
    for (const release of seen) {
      const name =
        by === 'service' ? release.app : await this.#team(release, teams);
      groups.set(name, [...(groups.get(name) ?? []), release]);
    }
    return {
      days,
      by,
      items: [...groups]
        .map(([name, releases]) => deliveryNumbers(name, releases, days))
        .sort((left, right) => right.deployments - left.deployments),
    };
  }

  #seen(
    releases: readonly StoredRelease[],
    credentials: BackstageCredentials,
  ): Promise<readonly StoredRelease[]> {
    return this.#sight.filter(
      deliveryReleaseReadPermission,
      releases,
      ({ workload }) => workload,
      credentials,
    );
  }

  async #team(
    { workload }: Release,
    known: Map<string, string>,
  ): Promise<string> {
    const present = known.get(workload);
    if (present !== undefined) {
      return present;
    }
    const { owners } = await this.#authority.resolve(workload);
    const team = owners.at(0) ?? NO_TEAM;
    known.set(workload, team);
    return team;
  }
}
