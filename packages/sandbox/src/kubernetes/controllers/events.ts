import type { Clock } from '../../clock';
import type { MemoryStore } from '../storage/memory-store';
import { timestamp } from '../storage/timestamp';
import type { KubernetesObject } from '../store';
import { asNumber } from '../values';

const keepMilliseconds = 60 * 60 * 1000;
const keepAtMost = 2000;

interface Kept {
  namespace: string;
  name: string;
  at: number;
}

/** Writes events about objects; repeated ones are counted, old ones go. */
export class EventRecorder {
  readonly #store: MemoryStore;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();
  /** While set, nothing is recorded: a world's start is no news. */
  silent = false;
  #serial = 0;

  constructor(store: MemoryStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Records that something happened to an object. */
  record(
    object: KubernetesObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    component: string,
  ): void {
    if (this.silent) {
      return;
    }
    const now = this.#clock.now();
    const instant = timestamp(now);
    const id = `${object.metadata.uid} ${reason} ${message}`;
    const namespace = object.metadata.namespace ?? 'default';
    const known = this.#kept.get(id);
    const earlier = known && this.#store.get('events', namespace, known.name);
    if (known && earlier) {
      // Re-inserting keeps the map in order of the latest occurrence.
      this.#kept.delete(id);
      this.#kept.set(id, { ...known, at: now });
      this.#store.put('events', {
        ...earlier,
        count: (asNumber(earlier.count) ?? 1) + 1,
        lastTimestamp: instant,
      });
      return;
    }
    this.#serial += 1;
    const serial = (now * 4096 + (this.#serial % 4096)).toString(16);
    const name = `${object.metadata.name}.${serial}`;
    this.#store.put('events', {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace },
      involvedObject: {
        kind: object.kind,
        ...(object.metadata.namespace ? { namespace } : {}),
        name: object.metadata.name,
        uid: object.metadata.uid,
        apiVersion: object.apiVersion,
        resourceVersion: object.metadata.resourceVersion,
      },
      reason,
      message,
      source: { component },
      firstTimestamp: instant,
      lastTimestamp: instant,
      count: 1,
      type,
      eventTime: null,
      reportingComponent: component,
      reportingInstance: '',
    });
    this.#kept.set(id, { namespace, name, at: now });
    this.#forgetOld(now);
  }

  #forgetOld(now: number): void {
    for (const [id, { namespace, name, at }] of this.#kept) {
      if (at > now - keepMilliseconds && this.#kept.size <= keepAtMost) {
        return;
      }
      this.#kept.delete(id);
      this.#store.delete('events', namespace, name);
    }
  }
}
