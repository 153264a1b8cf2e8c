import { ConflictError } from '@backstage/errors';
import {
  connectionFailure,
  Semaphore,
} from '@orrery/backstage-plugin-orrery-node';
import { z } from 'zod';
import type { ConsulConfig } from '../config/readConsulConfig';
import {
  kvListSchema,
  policySchema,
  readKv,
  tokenSchema,
  tokenStubSchema,
  transactionErrorsSchema,
  transactionSchema,
  type ConsulEntry,
  type ConsulPolicy,
  type ConsulToken,
  type ConsulTokenStub,
} from './answers';
import { ConsulError } from './ConsulError';
import { readBounded } from './readBounded';

/** Keys below a prefix, and the index at which that was so. */
export type ConsulListing = { entries: ConsulEntry[]; index: number };

/** One step of a transaction. `index` 0 means that the key must not exist. */
export type ConsulOperation =
  | { verb: 'cas'; key: string; value: string; index: number; flags: number }
  | { verb: 'delete-cas' | 'check-index'; key: string; index: number };

type Ask = {
  method?: 'GET' | 'PUT' | 'DELETE';
  query?: Record<string, string>;
  body?: unknown;
  /** Also answers with these statuses are answers. */
  also?: readonly number[];
  signal?: AbortSignal;
  /** Milliseconds that the answer may take beyond the usual. */
  patience?: number;
};

type Answer = { status: number; text: string; index: number };

/** How long a question waits for a change before it is asked again. */
const WAIT_SECONDS = 55;

/** Speaks the part of Consul's HTTP API that the configuration centre needs. */
export class ConsulClient {
  readonly #config: ConsulConfig;
  readonly #semaphore: Semaphore;

  constructor(config: ConsulConfig) {
    this.#config = config;
    this.#semaphore = new Semaphore(config.maxConcurrency);
  }

  /** @throws ConsulError */
  async list(prefix: string): Promise<ConsulListing> {
    return this.#semaphore.run(() => this.#list(prefix, {}));
  }

  /**
   * Waits until something below the prefix changes, or for about a minute.
   *
   * @throws ConsulError
   */
  async waitForChange(
    prefix: string,
    index: number,
    signal: AbortSignal,
  ): Promise<ConsulListing> {
    return this.#list(prefix, {
      // An index of 0 would not wait.
      query: { index: String(Math.max(index, 1)), wait: `${WAIT_SECONDS}s` },
      patience: WAIT_SECONDS * 1000 * (1 + 1 / 16),
      signal,
    });
  }

  /** Names of keys below a prefix, at will cut behind the next slash. */
  async names(prefix: string, isCut: boolean): Promise<string[]> {
    const answer = await this.#semaphore.run(() =>
      this.#send(kvPath(prefix), {
        query: { keys: '', ...(isCut && { separator: '/' }) },
        also: [404],
      }),
    );
    if (answer.status === 404) {
      return [];
    }
    const names: unknown = parseJson(answer.text);
    if (!Array.isArray(names)) {
      throw garbage();
    }
    return names.filter((name): name is string => typeof name === 'string');
  }

  /** The entry of one key; undefined where there is none. */
  async get(key: string): Promise<ConsulEntry | undefined> {
    const { entries } = await this.list(key);
    return entries.find(entry => entry.key === key);
  }

  /**
   * Does all of it or nothing.
   *
   * @returns the entries that were written
   * @throws ConflictError when a key is no longer at its index
   */
  async transact(
    operations: readonly ConsulOperation[],
  ): Promise<ConsulEntry[]> {
    const body = operations.map(operation => ({
      KV: {
        Verb: operation.verb,
        Key: operation.key,
        Index: operation.index,
        ...(operation.verb === 'cas' && {
          Value: Buffer.from(operation.value).toString('base64'),
          Flags: operation.flags,
        }),
      },
    }));
    const answer = await this.#semaphore.run(() =>
      this.#send('/txn', { method: 'PUT', body, also: [409] }),
    );
    if (answer.status === 409) {
      const { Errors } = parse(transactionErrorsSchema, answer.text);
      const denied = Errors.find(({ What }) => /permission denied/i.test(What));
      if (denied) {
        throw new ConsulError('forbidden', forbidden(denied.What));
      }
      throw new ConflictError(
        `Consul wrote nothing: ${Errors.map(({ What }) => What).join('; ')}`,
      );
    }
    const { Results } = parse(transactionSchema, answer.text);
    return (Results ?? []).flatMap(({ KV }) => (KV ? [readKv(KV)] : []));
  }

  /** The policy of a name; undefined where there is none. */
  async policyNamed(name: string): Promise<ConsulPolicy | undefined> {
    const answer = await this.#semaphore.run(() =>
      this.#send(`/acl/policy/name/${encodeURIComponent(name)}`, {
        also: [403, 404],
      }),
    );
    if (answer.status === 200) {
      return parse(policySchema, answer.text);
    }
    // Older versions say 403 of what is not there.
    if (answer.status === 404 || /ACL not found/.test(answer.text)) {
      return undefined;
    }
    throw new ConsulError('forbidden', forbidden(answer.text));
  }

  async createPolicy(policy: {
    name: string;
    description: string;
    rules: string;
  }): Promise<void> {
    await this.#semaphore.run(() =>
      this.#send('/acl/policy', {
        method: 'PUT',
        body: {
          Name: policy.name,
          Description: policy.description,
          Rules: policy.rules,
        },
      }),
    );
  }

  async deletePolicy(id: string): Promise<void> {
    await this.#semaphore.run(() =>
      this.#send(`/acl/policy/${encodeURIComponent(id)}`, {
        method: 'DELETE',
        also: [404],
      }),
    );
  }

  /** Tokens that have a policy, without their secrets. */
  async tokensOf(policyId: string): Promise<ConsulTokenStub[]> {
    const answer = await this.#semaphore.run(() =>
      this.#send('/acl/tokens', { query: { policy: policyId } }),
    );
    return parse(z.array(tokenStubSchema), answer.text);
  }

  /** A token with its secret. */
  async token(accessor: string): Promise<ConsulToken> {
    const answer = await this.#semaphore.run(() =>
      this.#send(`/acl/token/${encodeURIComponent(accessor)}`, {}),
    );
    return parse(tokenSchema, answer.text);
  }

  /** Makes a token that has one policy. */
  async createToken(token: {
    description: string;
    policy: string;
  }): Promise<ConsulToken> {
    const answer = await this.#semaphore.run(() =>
      this.#send('/acl/token', {
        method: 'PUT',
        body: {
          Description: token.description,
          Policies: [{ Name: token.policy }],
        },
      }),
    );
    return parse(tokenSchema, answer.text);
  }

  async deleteToken(accessor: string): Promise<void> {
    await this.#semaphore.run(() =>
      this.#send(`/acl/token/${encodeURIComponent(accessor)}`, {
        method: 'DELETE',
        also: [404],
      }),
    );
  }

  async #list(prefix: string, ask: Ask): Promise<ConsulListing> {
    const answer = await this.#send(kvPath(prefix), {
      ...ask,
      query: { recurse: '', ...ask.query },
      also: [404],
    });
    return {
      entries:
        answer.status === 404
          ? []
          : parse(kvListSchema, answer.text).map(readKv),
      index: answer.index,
    };
  }

  async #send(path: string, ask: Ask): Promise<Answer> {
    const { url, token, datacenter, timeoutSeconds } = this.#config;
    const { method = 'GET', body, also = [], signal, patience = 0 } = ask;
    const query = new URLSearchParams({
      ...ask.query,
      ...(datacenter !== undefined && { dc: datacenter }),
    });
    const timeout = AbortSignal.timeout(
      Math.ceil(timeoutSeconds * 1000 + patience),
    );
    let answer: Answer;
    try {
      const response = await fetch(`${url}/v1${path}?${query}`, {
        method,
        headers: {
          Accept: 'application/json',
          ...(token !== undefined && { 'X-Consul-Token': token }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      answer = {
        status: response.status,
        text: await readBounded(response),
        index: Number(response.headers.get('x-consul-index') ?? 0),
      };
    } catch (error) {
      if (error instanceof ConsulError) {
        throw error;
      }
      if (timeout.aborted) {
        throw new ConsulError(
          'timeout',
          `Consul did not answer within ${timeoutSeconds} s`,
        );
      }
      throw new ConsulError(
        'unreachable',
        `Consul cannot be reached: ${connectionFailure(error)}`,
      );
    }
    const { status } = answer;
    if ((status >= 200 && status < 300) || also.includes(status)) {
      return answer;
    }
    throw refusal(answer);
  }
}

/** Slashes stand as they are; what is between them is encoded. */
function kvPath(prefix: string): string {
  return `/kv/${prefix.split('/').map(encodeURIComponent).join('/')}`;
}

function refusal({ status, text }: Answer): ConsulError {
  const said = text.trim().slice(0, 300) || `status ${status}`;
  if (status === 401 || status === 403) {
    return new ConsulError('forbidden', forbidden(said));
  }
  return new ConsulError('refused', `Consul refused: ${said}`);
}

function forbidden(said: string): string {
  return `Consul does not let Orrery do this: ${said.trim().slice(0, 300)}`;
}

function garbage(): ConsulError {
  return new ConsulError(
    'garbage',
    'Consul answered with something that is not its API',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw garbage();
  }
}

function parse<T extends z.ZodType>(schema: T, text: string): z.infer<T> {
  const result = schema.safeParse(parseJson(text));
  if (!result.success) {
    throw garbage();
  }
  return result.data;
}
