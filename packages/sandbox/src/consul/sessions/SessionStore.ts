import { randomUUID } from 'node:crypto';
import { readDuration } from '../duration';
import { ConsulError } from '../errors';
import type { KeyValueStore } from '../kv/KeyValueStore';

/** A session as Consul writes it; `LockDelay` counts nanoseconds. */
export interface Session {
  ID: string;
  Name: string;
  Node: string;
  LockDelay: number;
  Behavior: 'release' | 'delete';
  TTL: string;
  NodeChecks: string[];
  ServiceChecks: null;
  CreateIndex: number;
  ModifyIndex: number;
}

const NANOSECONDS = 1e6;
const DEFAULT_LOCK_DELAY = 15_000;
const LONGEST_LOCK_DELAY = 60_000;
const SHORTEST_TTL = 10_000;
const LONGEST_TTL = 86_400_000;
/** A session lives for up to twice its time to live, as servers grant grace. */
const GRACE = 2;

/** Sessions and the locks that they hold. */
export class SessionStore {
  readonly #sessions = new Map<string, Session>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** When keys whose lock was lost may be locked again, in milliseconds since the epoch. */
  readonly #delayed = new Map<string, number>();

  constructor(
    private readonly store: KeyValueStore,
    private readonly node: string,
    private readonly now: () => number,
  ) {}

  list(): Session[] {
    return [...this.#sessions.values()];
  }

  get(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  isDelayed(key: string): boolean {
    return (this.#delayed.get(key) ?? 0) > this.now();
  }

  create(input: Record<string, unknown>): Session {
    const behavior = input.Behavior ?? 'release';
    if (behavior !== 'release' && behavior !== 'delete') {
      throw new ConsulError(
        500,
        `Invalid Behavior setting '${String(behavior)}'`,
      );
    }
    const ttl = typeof input.TTL === 'string' ? input.TTL : '';
    if (ttl !== '') {
      const milliseconds = readDuration(ttl, 'Request decode failed: TTL');
      if (milliseconds < SHORTEST_TTL || milliseconds > LONGEST_TTL) {
        throw new ConsulError(
          500,
          `Invalid Session TTL '${ttl}', must be between [10s=24h0m0s]`,
        );
      }
    }
    const delay =
      typeof input.LockDelay === 'string'
        ? readDuration(input.LockDelay, 'Request decode failed: LockDelay')
        : DEFAULT_LOCK_DELAY;
    const index = this.store.nextIndex();
    const session: Session = {
      ID: randomUUID(),
      Name: typeof input.Name === 'string' ? input.Name : '',
      Node: typeof input.Node === 'string' ? input.Node : this.node,
      LockDelay: Math.min(delay, LONGEST_LOCK_DELAY) * NANOSECONDS,
      Behavior: behavior,
      TTL: ttl,
      NodeChecks: ['serfHealth'],
      ServiceChecks: null,
      CreateIndex: index,
      ModifyIndex: index,
    };
    this.#sessions.set(session.ID, session);
    this.#arm(session);
    return session;
  }

  renew(id: string): Session | undefined {
    const session = this.#sessions.get(id);
    if (session) this.#arm(session);
    return session;
  }

  /** Ends a session: its keys are released or deleted, and stay unlocked for its delay. */
  destroy(id: string): void {
    const session = this.#sessions.get(id);
    if (!session) return;
    this.#sessions.delete(id);
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    const until = this.now() + session.LockDelay / NANOSECONDS;
    this.store.write(writing => {
      for (const entry of writing.list('')) {
        if (entry.session === id) {
          this.#delayed.set(entry.key, until);
          if (session.Behavior === 'delete') writing.delete(entry.key);
          else {
            writing.set(entry.key, entry.value, entry.flags, {
              lockIndex: entry.lockIndex,
            });
          }
        }
      }
    });
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #arm(session: Session): void {
    clearTimeout(this.#timers.get(session.ID));
    if (session.TTL === '') return;
    const timer = setTimeout(
      () => this.destroy(session.ID),
      readDuration(session.TTL, 'TTL') * GRACE,
    );
    timer.unref();
    this.#timers.set(session.ID, timer);
  }
}
