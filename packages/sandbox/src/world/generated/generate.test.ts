import { generateWorld } from './generate';

describe('generateWorld', () => {
  const world = generateWorld(1000, 7);

  it('has the size that was asked for', () => {
    expect(world.apps).toHaveLength(1000);
    expect(world.namespaces).toHaveLength(50);
    const calls = world.apps.reduce((sum, app) => sum + app.calls.length, 0);
    expect(calls).toBeGreaterThan(1500);
    expect(calls).toBeLessThan(2600);
  });

  it('repeats itself for equal seeds only', () => {
    expect(generateWorld(1000, 7)).toEqual(world);
    expect(generateWorld(1000, 8)).not.toEqual(world);
  });

  it('names every app once and calls only apps that exist', () => {
    const names = world.apps.map(app => `${app.name}.${app.namespace}`);
    expect(new Set(names).size).toBe(1000);
    for (const app of world.apps) {
      for (const { to } of app.calls) expect(names).toContain(to);
    }
  });

  it('has hubs', () => {
    const callers = new Map<string, number>();
    for (const app of world.apps) {
      for (const { to } of app.calls)
        callers.set(to, (callers.get(to) ?? 0) + 1);
    }
    expect(Math.max(...callers.values())).toBeGreaterThan(25);
  });

  it.each([30, 60, 333])('works for %i services', services => {
    expect(generateWorld(services, 1).apps).toHaveLength(services);
  });
});
