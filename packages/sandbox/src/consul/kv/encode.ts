import type { KeyEntry } from './KeyValueStore';

/** An entry as Consul writes it; values are base64, and none is null. */
export function encodeEntry(entry: KeyEntry, withValue = true) {
  const { value, session } = entry;
  return {
    LockIndex: entry.lockIndex,
    Key: entry.key,
    Flags: entry.flags,
    Value: withValue && value.length > 0 ? value.toString('base64') : null,
    ...(session ? { Session: session } : {}),
    CreateIndex: entry.createIndex,
    ModifyIndex: entry.modifyIndex,
  };
}
