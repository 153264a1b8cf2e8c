import { generateWorld } from '../generated/generate';
import { defaultWorld } from '../default';
import { buildObjects } from '.';

const now = Date.UTC(2026, 10, 23, 6);

describe.each([
  ['default', defaultWorld],
  ['generated', generateWorld(120, 3)],
])('objects of the %s world', (_, world) => {
  const items = buildObjects(world, { now });
  const keys = items.map(
    ({ resource, object: { metadata } }) =>
      `${resource}/${metadata.namespace ?? ''}/${metadata.name}`,
  );
  const has = (resource: string, namespace: string, name: string) =>
    keys.includes(`${resource}/${namespace}/${name}`);

  it('are there once each, older than now', () => {
    expect(new Set(keys).size).toBe(keys.length);
    for (const { object } of items) {
      expect(Date.parse(object.metadata.creationTimestamp ?? '')).toBeLessThan(
        now,
      );
    }
  });

  it('live in namespaces that exist', () => {
    const named = items.flatMap(
      ({ object }) => object.metadata.namespace ?? [],
    );
    for (const namespace of new Set(named)) {
      expect(has('namespaces', '', namespace)).toBe(true);
    }
  });

  it('give every app a service, an account and its workloads', () => {
    for (const { namespace, name, kind, releases } of world.apps) {
      expect(has('services', namespace, name)).toBe(true);
      expect(has('serviceaccounts', namespace, name)).toBe(true);
      for (const release of releases) {
        expect(
          has(
            {
              Deployment: 'deployments.apps',
              StatefulSet: 'statefulsets.apps',
              Rollout: 'rollouts.argoproj.io',
            }[kind],
            namespace,
            release.workload ?? name,
          ),
        ).toBe(true);
      }
    }
  });

  it('have shares that add up', () => {
    for (const { operations } of [...world.apps, ...world.entries]) {
      const total = operations.reduce((sum, { share }) => sum + share, 0);
      expect(total).toBeCloseTo(1, 6);
    }
  });
});
