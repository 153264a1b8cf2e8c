import { callerOf, demand, type ConsulState } from '../context';
import { ConsulError, permissionDenied } from '../errors';
import type { ConsulAnswer, ConsulRequest } from '../request';
import { encodeEntry } from './encode';
import { interfere } from './interfere';
import type { KeyEntry } from './KeyValueStore';
import { acquire, release } from './locks';

const MISSING_KEY = 'Missing key name';
const text = (words: string) => ({ raw: Buffer.from(words) });

/** Refuses parameters that contradict each other. */
function refuseConflict(query: URLSearchParams, ...names: string[]): void {
  if (names.filter(name => query.has(name)).length > 1) {
    throw new ConsulError(400, `Conflicting flags: ${query}`);
  }
}

function unsigned(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  if (!/^\d+$/.test(value)) {
    throw new ConsulError(
      400,
      `strconv.ParseUint: parsing ${JSON.stringify(value)}: invalid syntax`,
    );
  }
  return Number(value);
}

/** Keys below a prefix, cut behind the first separator that follows it. */
function namesOf(
  entries: readonly KeyEntry[],
  prefix: string,
  separator: string,
): string[] {
  const cut = (key: string) => {
    const end = separator === '' ? -1 : key.indexOf(separator, prefix.length);
    return end < 0 ? key : key.slice(0, end + separator.length);
  };
  return [...new Set(entries.map(({ key }) => cut(key)))];
}

async function readKeys(
  state: ConsulState,
  request: ConsulRequest,
  key: string,
): Promise<ConsulAnswer> {
  const { query } = request;
  const { store } = state;
  const many = query.has('recurse') || query.has('keys');
  if (key === '' && !many) throw new ConsulError(400, MISSING_KEY);
  const caller = callerOf(state, request);
  if (!many) demand(caller, 'read', 'key', key);
  const current = () =>
    many ? store.indexOfPrefix(key) : store.indexOfKey(key);
  await state.waiters.wait(request, current);
  const index = current();
  const isVisible = (entry: KeyEntry) =>
    caller.authorizer.may('read', 'key', entry.key);
  if (query.has('keys')) {
    const entries = store.list(key).filter(isVisible);
    const names = namesOf(entries, key, query.get('separator') ?? '');
    return names.length === 0
      ? { status: 404, raw: Buffer.alloc(0), index }
      : { body: names, index };
  }
  const single = store.get(key);
  let entries: KeyEntry[];
  if (many) entries = store.list(key).filter(isVisible);
  else entries = single ? [single] : [];
  if (entries.length === 0) {
    return { status: 404, raw: Buffer.alloc(0), index };
  }
  return query.has('raw') && !many
    ? { raw: entries[0].value, index }
    : { body: entries.map(entry => encodeEntry(entry)), index };
}

async function writeKey(
  state: ConsulState,
  request: ConsulRequest,
  key: string,
): Promise<ConsulAnswer> {
  const { query } = request;
  if (key === '') throw new ConsulError(400, MISSING_KEY);
  refuseConflict(query, 'cas', 'acquire', 'release');
  const flags = unsigned(query, 'flags') ?? 0;
  const expected = unsigned(query, 'cas');
  const caller = callerOf(state, request);
  demand(caller, 'write', 'key', key);
  const value = await request.body();
  const session = query.get('acquire') ?? query.get('release');
  if (session !== null) {
    const change = query.has('acquire') ? acquire : release;
    return text(String(change(state, session, { key, value, flags })));
  }
  if (expected !== undefined) {
    interfere(state, key);
    const present = state.store.get(key)?.modifyIndex ?? 0;
    if (present !== expected) return text('false');
  }
  state.store.write(writing => writing.set(key, value, flags));
  return text('true');
}

function deleteKeys(
  state: ConsulState,
  request: ConsulRequest,
  key: string,
): ConsulAnswer {
  const { query } = request;
  refuseConflict(query, 'recurse', 'cas');
  const expected = unsigned(query, 'cas');
  const caller = callerOf(state, request);
  if (query.has('recurse')) {
    if (!caller.authorizer.mayWriteTree(key)) {
      throw permissionDenied(caller.token.AccessorID, 'key:write', key);
    }
    state.store.write(writing => writing.deleteTree(key));
    return text('true');
  }
  if (key === '') throw new ConsulError(400, MISSING_KEY);
  demand(caller, 'write', 'key', key);
  if (expected !== undefined) {
    interfere(state, key);
    const present = state.store.get(key);
    // Index 0 never fits: it would mean that the key is not there.
    if (present && present.modifyIndex !== expected) return text('false');
  }
  state.store.write(writing => writing.delete(key));
  return text('true');
}

/** `/v1/kv/<key>`. */
export async function answerKeys(
  state: ConsulState,
  request: ConsulRequest,
): Promise<ConsulAnswer> {
  const key = decodeURIComponent(request.path.slice('/kv/'.length));
  if (request.method === 'GET') return readKeys(state, request, key);
  if (request.method === 'PUT') return writeKey(state, request, key);
  if (request.method === 'DELETE') return deleteKeys(state, request, key);
  throw new ConsulError(405, `method ${request.method} not allowed`);
}
