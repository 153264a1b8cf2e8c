import type { ConsulState } from '../context';
import { ConsulError } from '../errors';

/** What a lock's holder writes. */
export interface LockWrite {
  key: string;
  value: Buffer;
  flags: number;
}

/**
 * Locks a key for a session, or writes it again for the one that holds it.
 * @throws ConsulError 500 for a session that is none
 */
export function acquire(
  { store, sessions }: ConsulState,
  session: string,
  { key, value, flags }: LockWrite,
): boolean {
  if (!sessions.get(session)) {
    throw new ConsulError(500, `invalid session "${session}"`);
  }
  const present = store.get(key);
  if (present?.session && present.session !== session) return false;
  const isHeld = present?.session === session;
  if (!isHeld && sessions.isDelayed(key)) return false;
  const lockIndex = (present?.lockIndex ?? 0) + (isHeld ? 0 : 1);
  store.write(writing =>
    writing.set(key, value, flags, { session, lockIndex }),
  );
  return true;
}

/** Gives a lock back and writes the value; false unless the session holds it. */
export function release(
  { store }: ConsulState,
  session: string,
  { key, value, flags }: LockWrite,
): boolean {
  const present = store.get(key);
  if (!present || present.session !== session) return false;
  store.write(writing =>
    writing.set(key, value, flags, { lockIndex: present.lockIndex }),
  );
  return true;
}
