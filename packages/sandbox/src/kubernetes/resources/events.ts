import type { KubernetesObject } from '../store';
import { defineKind } from './define';
import type { ResourceType } from './resource';

/** A core event in the newer form: the same facts under other names. */
function toNewEvent(event: KubernetesObject): KubernetesObject {
  const {
    involvedObject,
    message,
    source,
    firstTimestamp,
    lastTimestamp,
    count,
    reportingComponent,
    ...rest
  } = event;
  return {
    ...rest,
    regarding: involvedObject,
    note: message,
    reportingController: reportingComponent,
    deprecatedSource: source,
    deprecatedFirstTimestamp: firstTimestamp,
    deprecatedLastTimestamp: lastTimestamp,
    deprecatedCount: count,
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: event.metadata,
  };
}

/** The newer form as the core event that is stored. */
function toCoreEvent(event: KubernetesObject): KubernetesObject {
  const {
    regarding,
    note,
    reportingController,
    deprecatedSource,
    deprecatedFirstTimestamp,
    deprecatedLastTimestamp,
    deprecatedCount,
    ...rest
  } = event;
  return {
    ...rest,
    involvedObject: regarding,
    message: note,
    reportingComponent: reportingController,
    source: deprecatedSource,
    firstTimestamp: deprecatedFirstTimestamp,
    lastTimestamp: deprecatedLastTimestamp,
    count: deprecatedCount,
    apiVersion: 'v1',
    kind: 'Event',
    metadata: event.metadata,
  };
}

/** Events of the group `events.k8s.io`: another view of the core ones. */
export const newEventKind: ResourceType = {
  ...defineKind('events.k8s.io', ['v1'], 'Event', { shortNames: ['ev'] }),
  storedAs: 'events',
  fromStorage: toNewEvent,
  toStorage: toCoreEvent,
};
