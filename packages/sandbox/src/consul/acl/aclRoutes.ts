import { callerOf, type Caller, type ConsulState } from '../context';
import { ConsulError, permissionDenied } from '../errors';
import { readObject, type ConsulAnswer, type ConsulRequest } from '../request';

function demandAcl(caller: Caller, access: 'read' | 'write'): void {
  if (!caller.authorizer.may(access, 'acl', '')) {
    throw new ConsulError(
      403,
      permissionDenied(
        caller.token.AccessorID,
        `acl:${access}`,
        '',
      ).message.replace(/ on ""$/, ''),
    );
  }
}

const missing = (what: string) =>
  new ConsulError(404, `Requested ${what} does not exist: ACL not found`);

async function answerPolicy(
  { acl }: ConsulState,
  request: ConsulRequest,
  id: string,
): Promise<ConsulAnswer> {
  const policy = id === '' ? undefined : acl.policy(id);
  if (request.method === 'PUT') {
    if (id !== '' && !policy) throw missing('policy');
    return { body: acl.writePolicy(await readObject(request), policy?.ID) };
  }
  if (!policy) throw missing('policy');
  if (request.method === 'DELETE') {
    acl.deletePolicy(id);
    return { body: true };
  }
  return { body: policy };
}

async function answerToken(
  { acl }: ConsulState,
  request: ConsulRequest,
  id: string,
  verb: string | undefined,
): Promise<ConsulAnswer> {
  const token = id === '' ? undefined : acl.token(id);
  if (request.method === 'PUT') {
    const input = await readObject(request);
    if (id !== '' && !token) throw missing('token');
    if (verb === 'clone') {
      return {
        body: acl.writeToken({
          ...token,
          ...input,
          AccessorID: undefined,
          SecretID: undefined,
        }),
      };
    }
    return { body: acl.writeToken(input, token?.AccessorID) };
  }
  if (!token) throw missing('token');
  if (request.method === 'DELETE') {
    acl.deleteToken(id);
    return { body: true };
  }
  return { body: token };
}

/** `/v1/acl/...`: policies and tokens. */
export async function answerAcl(
  state: ConsulState,
  request: ConsulRequest,
): Promise<ConsulAnswer> {
  const { acl } = state;
  const [, , kind, id = '', rest] = request.path
    .split('/')
    .map(decodeURIComponent);
  const caller = callerOf(state, request);
  if (kind === 'token' && id === 'self') {
    if (request.token === '') throw missing('token');
    return { body: caller.token };
  }
  demandAcl(caller, request.method === 'GET' ? 'read' : 'write');
  switch (kind) {
    case 'policies':
      return {
        body: acl.policies().map(({ Rules: _, ...stub }) => stub),
        index: state.store.index,
      };
    case 'tokens': {
      const policy = request.query.get('policy');
      const listed = acl
        .tokens()
        .filter(
          ({ Policies }) => !policy || Policies.some(({ ID }) => ID === policy),
        );
      return { body: listed, index: state.store.index };
    }
    case 'policy': {
      if (id !== 'name') return answerPolicy(state, request, id);
      const named = acl.policyNamed(rest ?? '');
      if (!named) throw missing('policy');
      return { body: named };
    }
    case 'token':
      return answerToken(state, request, id, rest);
    default:
      throw new ConsulError(
        404,
        'Invalid URL path: not a recognized HTTP API endpoint',
      );
  }
}
