import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Facade } from '../../facade';
import type { User } from '../auth/user';
import { encode } from '../storage/view';
import { sendError, sendObject, sendText } from './answer';
import type { Exchange, ServerContext } from './context';
import { create } from './create';
import { remove, removeCollection } from './delete';
import { discover } from './discovery';
import { list } from './list';
import { patch } from './patch';
import { parseResourceRequest } from './request-info';
import { methodNotAllowed, unknownPath } from './status-error';
import { update } from './update';
import { watch } from './watch';
import { stored } from './write';

const prefix = '/kubernetes';

const versionDocument = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.0+orrery-sandbox',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: 'sandbox',
};

async function dispatch(exchange: Exchange): Promise<void> {
  const { target, response } = exchange;
  switch (target.verb) {
    case 'list':
      return list(exchange);
    case 'watch':
      return watch(exchange);
    case 'get':
      return sendObject(
        response,
        200,
        undefined,
        encode(stored(exchange), target.type, target.version),
      );
    case 'create':
      return create(exchange);
    case 'update':
      return update(exchange);
    case 'patch':
      return patch(exchange);
    case 'delete':
      return remove(exchange);
    case 'deletecollection':
      return removeCollection(exchange);
    default:
      throw methodNotAllowed();
  }
}

async function answer(
  context: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: URLSearchParams,
): Promise<void> {
  if (path === '/version') {
    sendObject(response, 200, versionDocument);
    return;
  }
  if (/^\/(healthz|livez|readyz)(\/|$)/.test(path)) {
    sendText(response, 200, 'ok', 'text/plain; charset=utf-8');
    return;
  }
  if (request.method === 'GET' && discover(context.registry, response, path)) {
    return;
  }
  if (!path.startsWith('/api')) {
    throw unknownPath();
  }
  const user: User = { name: 'sandbox:admin', groups: ['system:masters'] };
  const target = parseResourceRequest(
    context.registry,
    request.method ?? 'GET',
    path,
    query,
  );
  await dispatch({ context, request, response, query, target, user });
}

/** The API server as a facade. */
export function createFacade(
  context: ServerContext,
  close: () => void,
): Facade {
  return {
    prefix,
    title: 'Kubernetes API',
    examples: [
      'kubectl --server={origin}/kubernetes get pods -A',
      'curl {origin}/kubernetes/api/v1/namespaces',
    ],
    async handle(request, response, path, query) {
      try {
        await answer(context, request, response, path, query);
      } catch (error) {
        sendError(response, error);
      }
    },
    close,
  };
}
