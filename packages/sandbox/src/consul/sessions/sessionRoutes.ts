import { callerOf, demand, type ConsulState } from '../context';
import { ConsulError } from '../errors';
import { readObject, type ConsulAnswer, type ConsulRequest } from '../request';

/** `/v1/session/...`. */
export async function answerSessions(
  state: ConsulState,
  request: ConsulRequest,
): Promise<ConsulAnswer> {
  const { sessions, store } = state;
  const [, , verb, id = ''] = request.path.split('/');
  const caller = callerOf(state, request);
  const isWrite = ['create', 'destroy', 'renew'].includes(verb);
  if (request.method !== (isWrite ? 'PUT' : 'GET')) {
    throw new ConsulError(405, `method ${request.method} not allowed`);
  }
  const readable = () =>
    sessions
      .list()
      .filter(({ Node }) => caller.authorizer.may('read', 'session', Node));
  const index = store.index;
  switch (verb) {
    case 'create': {
      const input = await readObject(request);
      demand(caller, 'write', 'session', String(input.Node ?? ''));
      return { body: { ID: sessions.create(input).ID } };
    }
    case 'destroy': {
      await request.body();
      demand(caller, 'write', 'session', sessions.get(id)?.Node ?? '');
      sessions.destroy(id);
      return { body: true };
    }
    case 'renew': {
      await request.body();
      const session = sessions.renew(id);
      if (!session) {
        throw new ConsulError(404, `Session id '${id}' not found`);
      }
      demand(caller, 'write', 'session', session.Node);
      return { body: [session] };
    }
    case 'info':
      return { body: readable().filter(({ ID }) => ID === id), index };
    case 'node':
      return { body: readable().filter(({ Node }) => Node === id), index };
    case 'list':
      return { body: readable(), index };
    default:
      throw new ConsulError(
        404,
        `Invalid URL path: not a recognized HTTP API endpoint`,
      );
  }
}
