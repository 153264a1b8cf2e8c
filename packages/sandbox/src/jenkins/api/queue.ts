import type { Jenkins } from '../Jenkins';
import type { QueueItem } from '../model';
import { causeAction, itemUrl, parametersAction, runClass } from './actions';
import { itemSummary } from './summary';

function kindOf(left: boolean, isQuiet: boolean, isBlocked: boolean): string {
  if (left) return 'LeftItem';
  if (isQuiet) return 'WaitingItem';
  return isBlocked ? 'BlockedItem' : 'BuildableItem';
}

/** A waiting build, or one that waited. */
export function queueShape(jenkins: Jenkins, base: string, item: QueueItem) {
  const { id, job, build, isCancelled, since, leftAt, parameters } = item;
  const why = jenkins.why(item);
  const isQuiet = why?.startsWith('In the quiet') ?? false;
  const isBlocked = why?.startsWith('Build #') ?? false;
  const left = leftAt !== undefined;
  const kind = kindOf(left, isQuiet, isBlocked);
  return {
    _class: `hudson.model.Queue$${kind}`,
    actions: [causeAction(item.cause), ...parametersAction(parameters)],
    blocked: isBlocked,
    buildable: kind === 'BuildableItem',
    id,
    inQueueSince: since,
    params: [...parameters]
      .map(([name, value]) => `\n${name}=${value}`)
      .join(''),
    // Jenkins calls stuck what has waited long for an executor.
    stuck: kind === 'BuildableItem' && jenkins.now() - since > 60_000,
    task: itemSummary(base, job),
    url: `queue/item/${id}/`,
    why: why ?? null,
    ...(left
      ? {
          cancelled: isCancelled,
          executable: build
            ? {
                _class: runClass(job),
                number: build.number,
                url: `${itemUrl(base, job)}${build.number}/`,
              }
            : null,
        }
      : {}),
    ...(kind === 'BuildableItem'
      ? { pending: false, buildableStartMilliseconds: item.quietUntil }
      : {}),
    ...(isQuiet ? { timestamp: item.quietUntil } : {}),
  };
}
