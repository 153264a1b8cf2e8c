import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Facade } from '../../facade';
import { impersonate } from '../auth/authenticate';
import { authorizePath, authorizeResource } from '../auth/authorize';
import { reviewKinds } from '../auth/review-kinds';
import { answerReview } from '../auth/reviews';
import type { User } from '../auth/user';
import { sendError, sendObject, sendText } from './answer';
import type { Exchange, ServerContext } from './context';
import { create } from './create';
import { remove, removeCollection } from './delete';
import { discover } from './discovery';
import { get } from './get';
import { list } from './list';
import { openApi } from './openapi';
import { patch } from './patch';
import { readObject } from './body';
import { isResourcePath, parseResourceRequest } from './request-info';
import { subresourceHandler } from './subresource-handlers';
import { badRequest, methodNotAllowed } from './request-failures';
import { update } from './update';
import { watch } from './watch';

const prefix = '/kubernetes';

function versionDocument(gitVersion: string) {
  const [major = '', minor = ''] = gitVersion.replace(/^v/, '').split('.');
  return {
    major,
    minor,
    gitVersion,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: '',
    platform: 'sandbox',
  };
}

async function dispatch(exchange: Exchange): Promise<void> {
  const { target } = exchange;
  const special = subresourceHandler(exchange);
  if (special) {
    return special(exchange);
  }
  switch (target.verb) {
    case 'list':
      return list(exchange);
    case 'watch':
      return watch(exchange);
    case 'get':
      return get(exchange);
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

/** Reviews are posted like objects, but answered instead of stored. */
async function review(
  { authenticator, authorizer }: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  user: User,
): Promise<boolean> {
  const match =
    /^\/apis\/([^/]+)\/v1(?:\/namespaces\/([^/]+))?\/([a-z]+reviews)$/.exec(
      path,
    );
  const type = reviewKinds.find(
    kind => kind.group === match?.[1] && kind.plural === match[3],
  );
  if (!match || !type) {
    return false;
  }
  if (request.method !== 'POST') {
    throw methodNotAllowed();
  }
  authorizeResource(authorizer, user, {
    type,
    version: 'v1',
    verb: 'create',
    namespace: match[2],
  });
  const body = await readObject(request);
  if (body?.kind !== type.kind) {
    throw badRequest(`expected a ${type.kind} of ${type.group}/v1`);
  }
  const context = { user, authorizer, authenticator, namespace: match[2] };
  sendObject(response, 201, answerReview(context, type.kind, body));
  return true;
}

async function answer(
  context: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: URLSearchParams,
): Promise<void> {
  const { authenticator, authorizer, registry } = context;
  if (/^\/(healthz|livez|readyz)(\/|$)/.test(path)) {
    sendText(response, 200, 'ok', 'text/plain; charset=utf-8');
    return;
  }
  const user = impersonate(
    request,
    authenticator.authenticate(request),
    authorizer,
  );
  const method = request.method ?? 'GET';
  if (await review(context, request, response, path, user)) {
    return;
  }
  if (isResourcePath(path)) {
    const target = parseResourceRequest(registry, method, path, query);
    authorizeResource(authorizer, user, target);
    await dispatch({ context, request, response, query, target, user });
    return;
  }
  authorizePath(authorizer, user, method, path);
  if (path === '/version') {
    sendObject(response, 200, versionDocument(context.version));
  } else if (
    method !== 'GET' ||
    !(discover(registry, response, path) || openApi(registry, response, path))
  ) {
    sendText(
      response,
      404,
      '404 page not found\n',
      'text/plain; charset=utf-8',
    );
  }
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
