import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../clock';
import type { TokenAuthenticator } from '../auth/authenticate';
import type { RoleAuthorizer } from '../auth/rbac';
import type { User } from '../auth/user';
import type { ResourceRegistry } from '../resources/registry';
import type { MemoryStore } from '../storage/memory-store';
import type { PodLogSource } from '../log-source';
import type { PodHttp } from '../pod-http';
import type { ResourceRequest } from './request-info';

/** What every handler of the API server works with. */
export interface ServerContext {
  clock: Clock;
  /** Release that `/version` names. */
  version: string;
  store: MemoryStore;
  registry: ResourceRegistry;
  authenticator: TokenAuthenticator;
  authorizer: RoleAuthorizer;
  logs?: PodLogSource;
  podHttp?: PodHttp;
  /** Time between bookmarks of a watch that asked for them. */
  bookmarkIntervalMilliseconds: number;
  /** Called with a way to end each open stream; answers how to forget it. */
  onStream(end: () => void): () => void;
}

/** One request as its handler sees it. */
export interface Exchange {
  context: ServerContext;
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
  target: ResourceRequest;
  user: User;
}
