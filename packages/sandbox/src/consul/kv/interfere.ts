import type { ConsulState } from '../context';

/** Somebody else writes the key first, while the incident of conflicts lasts. */
export function interfere(state: ConsulState, key: string): void {
  const present = state.store.get(key);
  if (state.effects.consul !== 'contended' || !present) return;
  const words = present.value.toString();
  const changed = /^\d+$/.test(words)
    ? String(Number(words) + 1)
    : `${words}\n`;
  state.store.write(writing =>
    writing.set(key, Buffer.from(changed), present.flags),
  );
}
