type Payload = Record<string, unknown> & {
  grantId?: string;
  uid?: string;
  userCode?: string;
  consumed?: number;
};

type Entry = { payload: Payload; expiresAt: number };

/**
 * What the provider remembers, for as long as the sandbox runs. The library's
 * own memory is meant for trying it out, and says so at every start.
 */
export function createMemoryAdapter(now: () => number = Date.now) {
  const entries = new Map<string, Entry>();

  function find(matches: (payload: Payload) => boolean): Payload | undefined {
    for (const [key, { payload, expiresAt }] of entries) {
      if (expiresAt <= now()) entries.delete(key);
      else if (matches(payload)) return payload;
    }
    return undefined;
  }

  return class MemoryAdapter {
    readonly model: string;

    constructor(model: string) {
      this.model = model;
    }

    async upsert(id: string, payload: Payload, expiresInSeconds?: number) {
      entries.set(`${this.model} ${id}`, {
        payload: { ...payload, model: this.model },
        expiresAt:
          expiresInSeconds === undefined
            ? Infinity
            : now() + expiresInSeconds * 1000,
      });
    }

    async find(id: string): Promise<Payload | undefined> {
      const entry = entries.get(`${this.model} ${id}`);
      return entry && entry.expiresAt > now() ? entry.payload : undefined;
    }

    async findByUid(uid: string): Promise<Payload | undefined> {
      return find(
        payload => payload.model === this.model && payload.uid === uid,
      );
    }

    async findByUserCode(userCode: string): Promise<Payload | undefined> {
      return find(
        payload =>
          payload.model === this.model && payload.userCode === userCode,
      );
    }

    async consume(id: string): Promise<void> {
      const entry = entries.get(`${this.model} ${id}`);
      if (entry) entry.payload.consumed = Math.floor(now() / 1000);
    }

    async destroy(id: string): Promise<void> {
      entries.delete(`${this.model} ${id}`);
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, { payload }] of entries)
        if (payload.grantId === grantId) entries.delete(key);
    }
  };
}
