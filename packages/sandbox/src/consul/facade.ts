import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock';
import type { Facade } from '../facade';
import type { Effects } from '../simulator';
import type { World } from '../world/types';
import { AclStore } from './acl/AclStore';
import { answerAcl } from './acl/aclRoutes';
import { agentAnswer } from './agentAnswer';
import type { ConsulState } from './context';
import { ConsulError } from './errors';
import { Waiters } from './kv/blocking';
import { answerKeys } from './kv/kvRoutes';
import { KeyValueStore } from './kv/KeyValueStore';
import { answerTransaction } from './kv/transaction';
import { readBody, type ConsulAnswer, type ConsulRequest } from './request';
import { answerSessions } from './sessions/sessionRoutes';
import { SessionStore } from './sessions/SessionStore';
import { seedKeys } from './seed/seedKeys';

/** Secret of the management token that the sandbox's Consul starts with. */
export const CONSUL_TOKEN = 'sandbox-consul';

/** What the sandbox's Consul is made of. */
export interface ConsulOptions {
  world: World;
  clock: Clock;
  effects: Pick<Effects, 'consul'>;
  seed: number;
  random?: () => number;
}

function tokenOf(request: IncomingMessage, query: URLSearchParams): string {
  const header = request.headers['x-consul-token'];
  if (typeof header === 'string' && header !== '') return header;
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '');
  return bearer?.[1] ?? query.get('token') ?? '';
}

function send(response: ServerResponse, answer: ConsulAnswer): void {
  const { status = 200, body, raw, index } = answer;
  const bytes = raw ?? Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'Content-Type': raw ? 'text/plain; charset=utf-8' : 'application/json',
    'Content-Length': bytes.length,
    'X-Consul-Default-Acl-Policy': 'deny',
    Vary: 'Accept-Encoding',
    ...(index === undefined
      ? {}
      : {
          'X-Consul-Index': String(index),
          'X-Consul-Knownleader': 'true',
          'X-Consul-Lastcontact': '0',
        }),
  });
  response.end(bytes);
}

async function answerTo(
  state: ConsulState,
  request: ConsulRequest,
): Promise<ConsulAnswer> {
  const agent = agentAnswer(state, request);
  if (agent) return agent;
  const datacenter = request.query.get('dc');
  if (datacenter !== null && datacenter !== state.datacenter) {
    throw new ConsulError(500, 'No path to datacenter');
  }
  if (state.effects.consul === 'leaderless') {
    throw new ConsulError(500, 'No cluster leader');
  }
  if (request.path.startsWith('/kv/')) {
    const answer = await answerKeys(state, request);
    // The leader may have gone while a query was open.
    if ((state.effects.consul as string) === 'leaderless') {
      throw new ConsulError(500, 'No cluster leader');
    }
    return answer;
  }
  if (request.path === '/txn') return answerTransaction(state, request);
  if (request.path.startsWith('/session/')) {
    return answerSessions(state, request);
  }
  if (request.path.startsWith('/acl/')) return answerAcl(state, request);
  throw new ConsulError(
    404,
    'Invalid URL path: not a recognized HTTP API endpoint',
  );
}

/** Consul's HTTP API with the configuration of the world's apps. */
export function createConsul(options: ConsulOptions): Facade {
  const { world, clock, effects, seed } = options;
  const now = () => clock.now();
  const store = new KeyValueStore();
  const random = options.random ?? Math.random;
  const state: ConsulState = {
    datacenter: world.cluster,
    store,
    sessions: new SessionStore(store, `consul-server-1`, now),
    acl: new AclStore(CONSUL_TOKEN, () => store.nextIndex(), now),
    waiters: new Waiters(store, random),
    effects,
  };
  seedKeys(world, store, seed);
  // Connections of open queries break when the leader goes.
  const looking = setInterval(() => {
    if (effects.consul === 'leaderless') state.waiters.release();
  }, 250);
  looking.unref();
  return {
    prefix: '/consul',
    title: 'Consul with the configuration of the apps',
    examples: [
      `curl -H 'X-Consul-Token: ${CONSUL_TOKEN}' '{origin}/consul/v1/kv/?keys&separator=/'`,
      `curl -H 'X-Consul-Token: ${CONSUL_TOKEN}' '{origin}/consul/v1/kv/wealth.payment/?recurse'`,
    ],
    async handle(request, response, path, query) {
      const below = path.startsWith('/v1/') ? path.slice('/v1'.length) : path;
      let read: Promise<Buffer> | undefined;
      const body = () => (read ??= readBody(request));
      try {
        const answer = await answerTo(state, {
          method: request.method ?? 'GET',
          path: below,
          query,
          token: tokenOf(request, query),
          body,
          onClose: listener => response.once('close', listener),
        });
        request.resume();
        if (!response.destroyed) send(response, answer);
      } catch (error) {
        if (!(error instanceof ConsulError)) throw error;
        request.resume();
        if (!response.destroyed) {
          send(response, {
            status: error.status,
            raw: Buffer.from(error.message),
          });
        }
      }
    },
    close() {
      clearInterval(looking);
      state.waiters.release();
      state.sessions.close();
    },
  };
}
