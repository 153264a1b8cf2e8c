import { createServer, type IncomingMessage, type Server } from 'node:http';

type AclToken = {
  AccessorID: string;
  SecretID: string;
  Description: string;
  Policies: { ID: string; Name: string }[];
};

type Entry = { value: Buffer; createIndex: number; modifyIndex: number };

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** The part of Consul that the plugin asks, in memory. */
export class MemoryConsul {
  readonly keys = new Map<string, Entry>();
  readonly policies = new Map<string, Record<string, unknown>>();
  /** By accessor. */
  readonly aclTokens = new Map<string, AclToken>();
  /** Requests that came, as `METHOD path`. */
  readonly asked: string[] = [];
  readonly tokens: (string | undefined)[] = [];
  isLeaderless = false;
  /** Called before a transaction: somebody else may be faster. */
  beforeTransaction: () => void = () => undefined;
  #index = 10;
  #server: Server | undefined;
  readonly #waiting = new Set<() => void>();

  /** Waiting questions that are open. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Writes as somebody else does. */
  put(key: string, value: string | Buffer): number {
    this.#index += 1;
    this.keys.set(key, {
      value: Buffer.from(value),
      createIndex: this.keys.get(key)?.createIndex ?? this.#index,
      modifyIndex: this.#index,
    });
    this.wake();
    return this.#index;
  }

  remove(key: string): void {
    this.#index += 1;
    this.keys.delete(key);
    this.wake();
  }

  text(key: string): string | undefined {
    return this.keys.get(key)?.value.toString();
  }

  wake(): void {
    for (const end of [...this.#waiting]) {
      end();
    }
  }

  async start(): Promise<string> {
    const server = createServer(async (request, response) => {
      const { pathname, searchParams } = new URL(
        request.url ?? '/',
        'http://localhost',
      );
      this.asked.push(`${request.method} ${pathname}`);
      const token = request.headers['x-consul-token'];
      this.tokens.push(Array.isArray(token) ? token[0] : token);
      const body = await bodyOf(request);
      const seen = Number(searchParams.get('index') ?? 0);
      if (seen > 0 && seen >= this.#index && !this.isLeaderless) {
        await new Promise<void>(resolve => {
          const end = () => {
            this.#waiting.delete(end);
            resolve();
          };
          this.#waiting.add(end);
          response.once('close', end);
        });
      }
      const [status, answer] = this.isLeaderless
        ? [500, 'No cluster leader']
        : this.#answer(request.method ?? '', pathname, searchParams, body);
      response.writeHead(status, { 'X-Consul-Index': String(this.#index) });
      response.end(
        typeof answer === 'string' ? answer : JSON.stringify(answer),
      );
    });
    this.#server = server;
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    return `http://127.0.0.1:${
      typeof address === 'object' && address ? address.port : 0
    }`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise<void>(resolve => {
      this.#server?.close(() => resolve());
    });
  }

  #answer(
    method: string,
    path: string,
    query: URLSearchParams,
    body: string,
  ): [number, unknown] {
    if (path === '/v1/txn') {
      return this.#transact(JSON.parse(body));
    }
    if (path.startsWith('/v1/acl/policy')) {
      return this.#policy(method, decodeURIComponent(path), body);
    }
    if (path.startsWith('/v1/acl/token')) {
      return this.#token(method, path, query, body);
    }
    const prefix = decodeURIComponent(path.slice('/v1/kv/'.length));
    const found = [...this.keys.keys()]
      .filter(key => key.startsWith(prefix))
      .sort();
    if (found.length === 0) {
      return [404, ''];
    }
    if (query.has('keys')) {
      const cut = query.get('separator');
      const names = found.map(key => {
        const end = cut ? key.indexOf(cut, prefix.length) : -1;
        return end < 0 ? key : key.slice(0, end + 1);
      });
      return [200, [...new Set(names)]];
    }
    return [200, found.map(key => this.#entry(key))];
  }

  #entry(key: string) {
    const entry = this.keys.get(key);
    return {
      Key: key,
      Value: entry?.value.length ? entry.value.toString('base64') : null,
      Flags: 0,
      LockIndex: 0,
      CreateIndex: entry?.createIndex ?? 0,
      ModifyIndex: entry?.modifyIndex ?? 0,
    };
  }

  #transact(
    items: {
      KV: { Verb: string; Key: string; Index: number; Value?: string };
    }[],
  ): [number, unknown] {
    this.beforeTransaction();
    const errors = items.flatMap(({ KV: { Verb, Key, Index } }, OpIndex) => {
      const present = this.keys.get(Key)?.modifyIndex ?? 0;
      return present === Index
        ? []
        : [{ OpIndex, What: `failed ${Verb} of "${Key}", index is stale` }];
    });
    if (errors.length > 0) {
      return [409, { Results: null, Errors: errors }];
    }
    this.#index += 1;
    const results = items.flatMap(({ KV: { Verb, Key, Value } }) => {
      if (Verb === 'delete-cas') {
        this.keys.delete(Key);
        return [];
      }
      this.keys.set(Key, {
        value: Buffer.from(Value ?? '', 'base64'),
        createIndex: this.keys.get(Key)?.createIndex ?? this.#index,
        modifyIndex: this.#index,
      });
      return [{ KV: { ...this.#entry(Key), Value: null } }];
    });
    this.wake();
    return [200, { Results: results, Errors: null }];
  }

  #policy(method: string, path: string, body: string): [number, unknown] {
    if (method === 'PUT') {
      const policy = { ...JSON.parse(body), ID: `id-${this.policies.size}` };
      this.policies.set(policy.Name, policy);
      return [200, policy];
    }
    if (method === 'DELETE') {
      for (const [name, { ID }] of this.policies) {
        if (path.endsWith(`/${ID}`)) {
          this.policies.delete(name);
        }
      }
      return [200, true];
    }
    const policy = this.policies.get(path.split('/').at(-1) ?? '');
    return policy ? [200, policy] : [404, 'ACL not found'];
  }

  #token(
    method: string,
    path: string,
    query: URLSearchParams,
    body: string,
  ): [number, unknown] {
    if (path === '/v1/acl/tokens') {
      const policy = query.get('policy');
      return [
        200,
        [...this.aclTokens.values()].filter(({ Policies }) =>
          Policies.some(({ ID }) => ID === policy),
        ),
      ];
    }
    if (method === 'PUT') {
      const { Description, Policies } = JSON.parse(body) as AclToken;
      const number = this.aclTokens.size + 1;
      const token: AclToken = {
        AccessorID: `accessor-${number}`,
        SecretID: `s3cret-${number}`,
        Description,
        Policies: Policies.map(({ Name }) => ({
          ID: String(this.policies.get(Name)?.ID),
          Name,
        })),
      };
      this.aclTokens.set(token.AccessorID, token);
      return [200, token];
    }
    const accessor = path.split('/').at(-1) ?? '';
    if (method === 'DELETE') {
      this.aclTokens.delete(accessor);
      return [200, true];
    }
    const token = this.aclTokens.get(accessor);
    return token ? [200, token] : [404, 'ACL not found'];
  }
}
