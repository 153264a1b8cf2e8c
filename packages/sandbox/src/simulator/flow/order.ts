import type { App } from '../../world/types';

/**
 * Ranks apps so that callers come before what they call. Where calls form a
 * circle one of them comes late, and its load arrives a tick later.
 */
export function rankApps(apps: readonly App[]): Map<string, number> {
  const byKey = new Map(apps.map(app => [`${app.namespace}/${app.name}`, app]));
  const finished: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  // Iterative depth-first search: worlds can be deeper than the stack.
  for (const root of byKey.keys()) {
    const stack: { key: string; next: number }[] = [];
    if (!state.has(root)) {
      state.set(root, 'open');
      stack.push({ key: root, next: 0 });
    }
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      const call = byKey.get(top.key)?.calls[top.next++];
      if (!call) {
        state.set(top.key, 'done');
        finished.push(top.key);
        stack.pop();
        continue;
      }
      const [name, namespace] = call.to.split('.');
      const key = `${namespace}/${name}`;
      if (byKey.has(key) && !state.has(key)) {
        state.set(key, 'open');
        stack.push({ key, next: 0 });
      }
    }
  }
  return new Map(finished.reverse().map((key, rank) => [key, rank]));
}
