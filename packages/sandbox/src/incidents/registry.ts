import { behaviourIncidents } from './behaviour';
import { consulConflict, consulDown } from './consul';
import { scoringCrashLoop } from './crash';
import type { Incident, IncidentContext, IncidentState } from './incident';
import { gitlabDown, jenkinsStuck, registryDown } from './forge';
import { logStoreRed, logStoreRejecting } from './logStore';
import { nodeDown } from './node';
import { proxyOutOfSync } from './sync';
import { registryOnly, scaledToZero } from './outside';
import { badConfigPush, trafficSpike } from './traffic';

const catalogue: readonly Incident[] = [
  ...behaviourIncidents,
  nodeDown,
  trafficSpike,
  badConfigPush,
  scoringCrashLoop,
  registryOnly,
  scaledToZero,
  proxyOutOfSync,
  logStoreRejecting,
  logStoreRed,
  gitlabDown,
  registryDown,
  jenkinsStuck,
  consulDown,
  consulConflict,
];

/** The incidents of one world, and which of them are going on. */
export class IncidentRegistry {
  readonly #incidents: readonly Incident[];
  readonly #active = new Map<Incident, number>();

  constructor(private readonly context: IncidentContext) {
    this.#incidents = catalogue.filter(incident =>
      incident.applies(context.world),
    );
  }

  list(): IncidentState[] {
    return this.#incidents.map(incident => this.#state(incident));
  }

  /** Starts an incident; again has no effect. Undefined when there is none of that name. */
  start(name: string): IncidentState | undefined {
    const incident = this.#find(name);
    if (!incident) return undefined;
    if (!this.#active.has(incident)) {
      this.#active.set(incident, this.context.clock.now());
      incident.start(this.context);
    }
    return this.#state(incident);
  }

  /** Ends an incident and takes back what it did. */
  stop(name: string): IncidentState | undefined {
    const incident = this.#find(name);
    if (!incident) return undefined;
    if (this.#active.delete(incident)) incident.stop(this.context);
    return this.#state(incident);
  }

  /** Lets time pass for incidents that take their course; call it every second. */
  advance(): void {
    for (const [incident, started] of this.#active) {
      incident.advance?.(
        this.context,
        (this.context.clock.now() - started) / 1000,
      );
    }
  }

  #find(name: string): Incident | undefined {
    return this.#incidents.find(incident => incident.name === name);
  }

  #state(incident: Incident): IncidentState {
    const started = this.#active.get(incident);
    const { name, title, description } = incident;
    return {
      name,
      title,
      description,
      active: started !== undefined,
      ...(started === undefined
        ? {}
        : { startedAt: new Date(started).toISOString() }),
    };
  }
}
