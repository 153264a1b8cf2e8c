import type { ErrorMode } from '../../world/types';

/** How something behaves differently while an incident lasts. */
export interface BehaviourEffect {
  latencyFactor?: number;
  /** Added to what the app does wrong anyway. */
  errors?: readonly ErrorMode[];
}

/**
 * What incidents do to the simulated world beyond changing Kubernetes objects.
 * Empty in a world where nothing is started.
 */
export class Effects {
  readonly #behaviour = new Map<string, BehaviourEffect>();
  readonly #unreachable = new Set<string>();
  readonly #crashing = new Set<string>();
  readonly #deaf = new Set<string>();
  #extraTraffic = 0;
  #xdsRejectsPerSecond = 0;
  /** Changes with every change of effects. */
  revision = 0;

  /** Added to the traffic of every entry, in multiples of its mean over a day. */
  get extraTraffic(): number {
    return this.#extraTraffic;
  }

  set extraTraffic(multiple: number) {
    this.#extraTraffic = multiple;
    this.revision++;
  }

  /** Configuration pushes per second that proxies refuse. */
  get xdsRejectsPerSecond(): number {
    return this.#xdsRejectsPerSecond;
  }

  set xdsRejectsPerSecond(rate: number) {
    this.#xdsRejectsPerSecond = rate;
    this.revision++;
  }

  /** How the store of logs does: it answers, is too busy to search, or has lost its shards. */
  logStore: 'answering' | 'rejecting' | 'red' = 'answering';

  /** Whether GitLab answers. */
  gitlab: 'answering' | 'down' = 'answering';

  /** Whether the image registry answers. */
  registry: 'answering' | 'down' = 'answering';

  /** Whether Jenkins finds executors for what waits. */
  jenkins: 'building' | 'stuck' = 'building';

  /** How Consul does: it answers, has no leader, or others write what is being written. */
  consul: 'answering' | 'leaderless' | 'contended' = 'answering';

  /** Sets or (with undefined) removes the effect on `<namespace>/<app>`, `<namespace>/<app>@<version>` or an external host. */
  setBehaviour(key: string, effect: BehaviourEffect | undefined): void {
    if (effect) this.#behaviour.set(key, effect);
    else this.#behaviour.delete(key);
    this.revision++;
  }

  behaviour(...keys: string[]): BehaviourEffect[] {
    return keys.flatMap(key => this.#behaviour.get(key) ?? []);
  }

  /** Pods on an unreachable node answer nobody, whatever their status says. */
  setUnreachable(node: string, unreachable: boolean): void {
    if (unreachable) this.#unreachable.add(node);
    else this.#unreachable.delete(node);
    this.revision++;
  }

  /** Makes the pods of `<namespace>/<app>@<version>` crash at every start. */
  setCrashing(key: string, crashing: boolean): void {
    if (crashing) this.#crashing.add(key);
    else this.#crashing.delete(key);
    this.revision++;
  }

  isCrashing(key: string): boolean {
    return this.#crashing.has(key);
  }

  /** Makes the proxy of a pod (`namespace/name`) not acknowledge what istiod sends. */
  setDeaf(pod: string, deaf: boolean): void {
    if (deaf) this.#deaf.add(pod);
    else this.#deaf.delete(pod);
    this.revision++;
  }

  isDeaf(pod: string): boolean {
    return this.#deaf.has(pod);
  }

  isUnreachable(node: string | undefined): boolean {
    return node !== undefined && this.#unreachable.has(node);
  }
}
