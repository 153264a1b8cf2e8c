import { callerOf, type Caller, type ConsulState } from '../context';
import { ConsulError, permissionDenied } from '../errors';
import type { ConsulAnswer, ConsulRequest } from '../request';
import { encodeEntry } from './encode';
import { interfere } from './interfere';
import type { KeyEntry, Writing } from './KeyValueStore';

/** Most operations of one transaction. */
const LIMIT = 128;

interface Operation {
  verb: string;
  key: string;
  value: Buffer;
  flags: number;
  index: number;
  session: string;
}

const READS = ['get', 'get-tree', 'check-index', 'check-session'];
const KNOWN = [
  ...READS,
  'check-not-exists',
  'set',
  'cas',
  'lock',
  'unlock',
  'delete',
  'delete-tree',
  'delete-cas',
];

function readOperation(item: unknown): Operation {
  const kv = (item as { KV?: Record<string, unknown> } | null)?.KV;
  if (typeof kv !== 'object' || kv === null) {
    throw new ConsulError(
      400,
      'Failed to parse body: only KV operations are served here',
    );
  }
  const { Verb, Key, Value, Flags, Index, Session } = kv;
  if (typeof Verb !== 'string' || !KNOWN.includes(Verb)) {
    throw new ConsulError(
      400,
      `Failed to parse body: unknown verb ${JSON.stringify(Verb)}`,
    );
  }
  return {
    verb: Verb,
    key: typeof Key === 'string' ? Key : '',
    value: Buffer.from(typeof Value === 'string' ? Value : '', 'base64'),
    flags: Number(Flags ?? 0),
    index: Number(Index ?? 0),
    session: typeof Session === 'string' ? Session : '',
  };
}

/** What one operation answers; its refusal is an error whose words are passed on. */
function apply(
  writing: Writing,
  { verb, key, value, flags, index, session }: Operation,
): { entries: KeyEntry[]; withValue: boolean } {
  const present = writing.get(key);
  const written = (entries: KeyEntry[]) => ({ entries, withValue: false });
  const read = (entries: KeyEntry[]) => ({ entries, withValue: true });
  switch (verb) {
    case 'set':
      return written([writing.set(key, value, flags)]);
    case 'cas':
      if ((present?.modifyIndex ?? 0) !== index) {
        throw new Error(`failed to set key "${key}", index is stale`);
      }
      return written([writing.set(key, value, flags)]);
    case 'lock':
      if (present?.session && present.session !== session) {
        throw new Error(`failed to lock key "${key}", lock is already held`);
      }
      return written([
        writing.set(key, value, flags, {
          session,
          lockIndex: (present?.lockIndex ?? 0) + (present?.session ? 0 : 1),
        }),
      ]);
    case 'unlock':
      if (!present || present.session !== session) {
        throw new Error(
          `failed to unlock key "${key}", lock isn't held, or is held by another session`,
        );
      }
      return written([
        writing.set(key, value, flags, { lockIndex: present.lockIndex }),
      ]);
    case 'delete':
      writing.delete(key);
      return written([]);
    case 'delete-tree':
      writing.deleteTree(key);
      return written([]);
    case 'delete-cas':
      if (present && present.modifyIndex !== index) {
        throw new Error(`failed to delete key "${key}", index is stale`);
      }
      writing.delete(key);
      return written([]);
    case 'get':
      if (!present) throw new Error(`key "${key}" doesn't exist`);
      return read([present]);
    case 'get-tree':
      return read(writing.list(key));
    case 'check-index':
      if (!present) {
        throw new Error(`failed to check index, key "${key}" doesn't exist`);
      }
      if (present.modifyIndex !== index) {
        throw new Error(
          `failed index check for key "${key}", current modify index ${present.modifyIndex} != ${index}`,
        );
      }
      return written([present]);
    case 'check-session':
      if (present?.session !== session) {
        throw new Error(`failed session check for key "${key}"`);
      }
      return written([present]);
    default:
      if (present) throw new Error(`key "${key}" exists`);
      return written([]);
  }
}

/** What a caller may not do in a transaction, if there is such a thing. */
function refusalOf(
  { authorizer, token }: Caller,
  { verb, key }: Operation,
): string | undefined {
  const isRead = READS.includes(verb) || verb === 'check-not-exists';
  const isAllowed =
    verb === 'delete-tree'
      ? authorizer.mayWriteTree(key)
      : authorizer.may(isRead ? 'read' : 'write', 'key', key);
  // Trees are read as far as one may.
  if (isAllowed || verb === 'get-tree') return undefined;
  return permissionDenied(
    token.AccessorID,
    isRead ? 'key:read' : 'key:write',
    key,
  ).message;
}

class Failure extends Error {
  constructor(readonly position: number, message: string) {
    super(message);
  }
}

const failed = (errors: { OpIndex: number; What: string }[]): ConsulAnswer => ({
  status: 409,
  body: { Results: null, Errors: errors },
});

/** `/v1/txn`: all of its operations, or none. */
export async function answerTransaction(
  state: ConsulState,
  request: ConsulRequest,
): Promise<ConsulAnswer> {
  if (request.method !== 'PUT') {
    throw new ConsulError(405, `method ${request.method} not allowed`);
  }
  const body = await request.body();
  let items: unknown;
  try {
    items = JSON.parse(body.toString());
  } catch (error) {
    throw new ConsulError(400, `Failed to parse body: ${String(error)}`);
  }
  if (!Array.isArray(items)) {
    throw new ConsulError(400, 'Failed to parse body: expected a list');
  }
  if (items.length > LIMIT) {
    throw new ConsulError(
      413,
      `Transaction contains too many operations (${items.length} > ${LIMIT})`,
    );
  }
  const operations = items.map(readOperation);
  const caller = callerOf(state, request);
  const refused = operations.flatMap((operation, position) => {
    const refusal = refusalOf(caller, operation);
    return refusal === undefined ? [] : [{ OpIndex: position, What: refusal }];
  });
  if (refused.length > 0) return failed(refused);
  for (const { verb, key } of operations) {
    if (verb === 'cas' || verb === 'delete-cas') interfere(state, key);
  }
  try {
    const results = state.store.write(writing =>
      operations.flatMap((operation, position) => {
        try {
          const { entries, withValue } = apply(writing, operation);
          return entries
            .filter(({ key }) => caller.authorizer.may('read', 'key', key))
            .map(entry => ({ KV: encodeEntry(entry, withValue) }));
        } catch (error) {
          throw new Failure(
            position,
            error instanceof Error ? error.message : String(error),
          );
        }
      }),
    );
    return { body: { Results: results, Errors: null } };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return failed([{ OpIndex: error.position, What: error.message }]);
  }
}
