import type {
  Activity,
  TimeMark,
  TimeMarkKind,
  TimeMarkQuery,
} from '@orrery/backstage-plugin-orrery-common';
import type {
  OrreryApi,
  TimeMarkProvider,
} from '@orrery/backstage-plugin-orrery-react';

const PAGE = 100;
/** A time line cannot show more, and a log can be endless. */
const PAGES = 5;

const KINDS: Record<string, TimeMarkKind> = {
  'restart-workload': 'restart',
};

/** `cluster/namespace/…` of a target. */
function isWanted(activity: Activity, query: TimeMarkQuery): boolean {
  const [cluster, namespace] = activity.target.split('/');
  return (
    (query.cluster === undefined || query.cluster === cluster) &&
    (query.namespaces.length === 0 || query.namespaces.includes(namespace))
  );
}

function markOf(activity: Activity): TimeMark {
  const { id, startedAt, action, summary, message, reason, actor } = activity;
  return {
    id,
    atMilliseconds: Date.parse(startedAt),
    kind: KINDS[action] ?? 'other',
    title: summary,
    detail: `${message}. “${reason}” (${actor})`,
    isBad: activity.state === 'failed',
  };
}

/** What people did through the portal, as marks. */
export function createActivityMarks(orreryApi: OrreryApi): TimeMarkProvider {
  return {
    title: 'Activity',
    async read(query) {
      const marks: TimeMark[] = [];
      let before: string | undefined;
      for (let page = 0; page < PAGES; page++) {
        const { items, next } = await orreryApi.activities({
          limit: PAGE,
          before,
        });
        marks.push(...items.filter(item => isWanted(item, query)).map(markOf));
        const oldest = items.at(-1);
        const isDone =
          !oldest || Date.parse(oldest.startedAt) < query.fromMilliseconds;
        before = next;
        if (isDone || next === undefined) {
          break;
        }
      }
      return marks;
    },
  };
}
