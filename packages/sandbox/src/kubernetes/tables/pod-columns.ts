import type { KubernetesObject } from '../store';
import { asNumber, asObjects, asText, at } from '../values';
import { age } from './age';
import {
  ageColumn,
  nameColumn,
  pathColumn,
  textColumn,
  type Column,
} from './column';

function podReason(pod: KubernetesObject): string {
  const statuses = asObjects(pod.status?.containerStatuses);
  for (const status of [...statuses].reverse()) {
    const waiting = asText(at(status, 'state.waiting.reason'));
    const ended = asText(at(status, 'state.terminated.reason'));
    if (waiting || ended) {
      return waiting ?? ended ?? '';
    }
  }
  return '';
}

function podStatus(pod: KubernetesObject): string {
  if (pod.metadata.deletionTimestamp) {
    return 'Terminating';
  }
  return (
    podReason(pod) ||
    asText(pod.status?.reason) ||
    asText(pod.status?.phase) ||
    'Unknown'
  );
}

function sidecars(pod: KubernetesObject): Record<string, unknown>[] {
  const names = asObjects(pod.spec?.initContainers)
    .filter(container => container.restartPolicy === 'Always')
    .map(container => container.name);
  return asObjects(pod.status?.initContainerStatuses).filter(status =>
    names.includes(status.name),
  );
}

function podReady(pod: KubernetesObject): string {
  const extra = sidecars(pod);
  const statuses = [...asObjects(pod.status?.containerStatuses), ...extra];
  const ready = statuses.filter(status => status.ready === true).length;
  const total = asObjects(pod.spec?.containers).length + extra.length;
  return `${ready}/${total}`;
}

function podRestarts(pod: KubernetesObject, now: number): string {
  const statuses = asObjects(pod.status?.containerStatuses);
  const count = statuses.reduce(
    (sum, status) => sum + (asNumber(status.restartCount) ?? 0),
    0,
  );
  const ended = statuses
    .map(status => asText(at(status, 'lastState.terminated.finishedAt')))
    .filter(instant => instant !== undefined)
    .sort()
    .pop();
  return count > 0 && ended ? `${count} (${age(ended, now)} ago)` : `${count}`;
}

/** Columns of pods. */
export const podColumns: Column[] = [
  nameColumn,
  textColumn('Ready', podReady),
  textColumn('Status', podStatus),
  textColumn('Restarts', podRestarts),
  ageColumn,
  pathColumn('IP', 'status.podIP', 1),
  pathColumn('Node', 'spec.nodeName', 1),
  pathColumn('Nominated Node', 'status.nominatedNodeName', 1),
  textColumn('Readiness Gates', () => '<none>', 1),
];
