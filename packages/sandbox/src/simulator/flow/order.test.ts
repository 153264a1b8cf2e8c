import { call, defineApp } from '../../world/defaults';
import { defaultWorld } from '../../world/default';
import { rankApps } from './order';

const app = (name: string, ...callees: string[]) =>
  defineApp({
    namespace: 'n',
    name,
    owner: 'o',
    calls: callees.map(callee => call(`${callee}.n`, 1)),
  });

describe('rankApps', () => {
  const order = (ranks: Map<string, number>) =>
    [...ranks].sort((one, two) => one[1] - two[1]).map(([key]) => key);

  it('puts callers before what they call', () => {
    const ranks = rankApps([app('c'), app('b', 'c'), app('a', 'b', 'c')]);
    expect(order(ranks)).toEqual(['n/a', 'n/b', 'n/c']);
  });

  it('ranks everybody once, circles included', () => {
    const ranks = rankApps([app('a', 'b'), app('b', 'a', 'outside')]);
    expect(order(ranks).sort()).toEqual(['n/a', 'n/b']);
    const all = rankApps(defaultWorld.apps);
    expect(new Set(all.values()).size).toBe(defaultWorld.apps.length);
  });
});
