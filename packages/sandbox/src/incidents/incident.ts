import type { Clock } from '../clock';
import type { ObjectStore } from '../kubernetes/store';
import type { Effects } from '../simulator';
import type { World } from '../world/types';

/** What incidents may change. */
export interface IncidentContext {
  world: World;
  store: ObjectStore;
  effects: Effects;
  clock: Clock;
  /** Has the kubelet look at a pod again. */
  reviewPod(namespace: string, name: string): void;
}

/** A kind of trouble that one can start and stop. */
export interface Incident {
  readonly name: string;
  readonly title: string;
  /** What happens, and where it shows. */
  readonly description: string;
  /** Whether this world has what the incident needs. */
  applies(world: World): boolean;
  start(context: IncidentContext): void;
  stop(context: IncidentContext): void;
  /** Called every second while it lasts, for what takes its time. */
  advance?(context: IncidentContext, secondsSinceStart: number): void;
}

/** An incident as a person or client sees it. */
export interface IncidentState {
  name: string;
  title: string;
  description: string;
  active: boolean;
  /** RFC 3339; only while active. */
  startedAt?: string;
}
