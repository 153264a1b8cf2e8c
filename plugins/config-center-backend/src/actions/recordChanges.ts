import { changeId, type StoredChange } from '../history/HistoryStore';
import type { KeyPlace } from '../keys/KeyPlaces';
import type { ConsulEntry } from '../sources/answers';
import type { KeyChange } from './keyChange';
import type { KeyTools } from './KeyTools';

/**
 * Writes what was just written to Consul into the history. A history that
 * cannot be written does not make a change undone: the next look at the
 * prefix finds it.
 */
export async function recordChanges(
  { history, now = () => new Date() }: KeyTools,
  { prefix }: KeyPlace,
  changes: readonly KeyChange[],
  written: readonly ConsulEntry[],
  { actor, reason }: { actor: string; reason: string },
): Promise<void> {
  const indices = new Map(
    written.map(({ key, modifyIndex }) => [
      key.slice(prefix.length),
      modifyIndex,
    ]),
  );
  const last = Math.max(0, ...indices.values());
  const at = now().toISOString();
  const rows = changes.map(({ key, before, after }): StoredChange => {
    const change = {
      prefix,
      key,
      change: after === undefined ? ('deleted' as const) : ('set' as const),
      at,
      by: 'orrery' as const,
      actor,
      reason,
      modifyIndex: indices.get(key) ?? before?.modifyIndex ?? 0,
      consulIndex: last,
      ...(before?.text !== undefined && { before: before.text }),
      ...(after !== undefined && { after }),
    };
    return { ...change, id: changeId(change) };
  });
  try {
    await history.add(prefix, rows, {
      set: changes.flatMap(({ key, after }) =>
        after === undefined
          ? []
          : [{ key, text: after, modifyIndex: indices.get(key) ?? 0 }],
      ),
      gone: changes
        .filter(({ after }) => after === undefined)
        .map(({ key }) => key),
    });
  } catch {
    // Said above.
  }
}
