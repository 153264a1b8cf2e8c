import type {
  CanarySummary,
  Release,
} from '@orrery/backstage-plugin-delivery-common';
import type {
  TimeMark,
  TimeMarkQuery,
} from '@orrery/backstage-plugin-orrery-common';
import type { TimeMarkProvider } from '@orrery/backstage-plugin-orrery-react';
import type { DeliveryApi, ReleasesApi } from '../api';

const PAGE = 200;
/** A time line cannot show more. */
const PAGES = 3;
/** Steps are read canary by canary; of more than this only the start is shown. */
const MOST_CANARIES = 20;

function markOfRelease(release: Release): TimeMark {
  const { id, startedAt, app, version, actor, why, outcome, state } = release;
  return {
    id: `release ${id}`,
    atMilliseconds: Date.parse(startedAt),
    kind: 'deploy',
    title: [app, version, release.isRollback && '(rollback)']
      .filter(Boolean)
      .join(' '),
    detail: [outcome, why && `“${why}”`, actor.name ?? actor.sentence]
      .filter(Boolean)
      .join(' · '),
    isBad: state === 'failed',
    href: '/delivery?tab=releases',
  };
}

/** What a canary did, by the instants that are known of it. */
async function marksOfCanary(
  summary: CanarySummary,
  deliveryApi: DeliveryApi,
): Promise<TimeMark[]> {
  const { canary } = await deliveryApi.canary(summary.ref);
  const version = canary.canaryVersion ?? '';
  return canary.steps.flatMap((step): TimeMark[] =>
    step.startedAt === undefined
      ? []
      : [
          {
            id: `step ${canary.ref} ${step.index} ${step.startedAt}`,
            atMilliseconds: Date.parse(step.startedAt),
            kind: 'canary',
            title: `${canary.app} ${version}: ${step.title}`,
            ...(step.note && { detail: step.note }),
            isBad: step.state === 'failed',
            href: `/delivery?canary=${encodeURIComponent(canary.ref)}`,
          },
        ],
  );
}

async function readReleases(
  api: ReleasesApi,
  query: TimeMarkQuery,
): Promise<Release[]> {
  const releases: Release[] = [];
  let before: string | undefined = new Date(query.toMilliseconds).toISOString();
  for (let page = 0; page < PAGES && before !== undefined; page++) {
    const { items, next } = await api.releases({
      cluster: query.cluster,
      namespaces: query.namespaces,
      before,
      limit: PAGE,
    });
    releases.push(...items);
    const oldest = items.at(-1);
    const isDone =
      !oldest || Date.parse(oldest.startedAt) < query.fromMilliseconds;
    before = isDone ? undefined : next;
  }
  return releases;
}

/** Releases and steps of canaries, as marks. */
export function createDeliveryMarks(
  deliveryApi: DeliveryApi,
  releasesApi: ReleasesApi,
): TimeMarkProvider {
  return {
    title: 'Delivery',
    async read(query) {
      const [releases, { canaries }] = await Promise.all([
        readReleases(releasesApi, query),
        deliveryApi.canaries({
          cluster: query.cluster,
          namespaces: query.namespaces,
        }),
      ]);
      const recent = canaries
        .filter(
          ({ phase, changedAt }) =>
            phase !== 'Idle' &&
            changedAt !== undefined &&
            Date.parse(changedAt) >= query.fromMilliseconds,
        )
        .slice(0, MOST_CANARIES);
      const steps = await Promise.all(
        recent.map(canary => marksOfCanary(canary, deliveryApi)),
      );
      return [...releases.map(markOfRelease), ...steps.flat()];
    },
  };
}
