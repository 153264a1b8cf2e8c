import { ManualClock } from '../../clock';
import { createRandom } from '../../random';
import type { KubernetesObject, ObjectChange } from '../store';
import { MemoryStore } from './memory-store';

function createStore(historyLimit = 100) {
  const clock = new ManualClock(Date.parse('2026-11-01T12:00:00Z'));
  return new MemoryStore({ clock, random: createRandom(1), historyLimit });
}

const object = (
  name: string,
  fields: Partial<KubernetesObject> = {},
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Thing',
  metadata: { name, namespace: 'n' },
  ...fields,
});

describe('MemoryStore', () => {
  it('fills in what the server sets and freezes what it keeps', () => {
    const store = createStore();
    const stored = store.put('things', object('a', { spec: { x: 1 } }));
    expect(stored.metadata).toMatchObject({
      resourceVersion: '1001',
      generation: 1,
      creationTimestamp: '2026-11-01T12:00:00Z',
    });
    expect(stored.metadata.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(Object.isFrozen(stored)).toBe(true);
    expect(Object.isFrozen(stored.metadata)).toBe(true);
  });

  it('keeps a creation time that is given', () => {
    const store = createStore();
    const creationTimestamp = '2026-01-01T00:00:00Z';
    const stored = store.put('things', {
      ...object('a'),
      metadata: { name: 'a', namespace: 'n', creationTimestamp },
    });
    expect(stored.metadata.creationTimestamp).toBe(creationTimestamp);
    const again = store.put('things', object('a', { spec: {} }));
    expect(again.metadata.creationTimestamp).toBe(creationTimestamp);
  });

  it('does nothing when nothing changes', () => {
    const store = createStore();
    const changes: ObjectChange[] = [];
    const first = store.put('things', object('a', { spec: { x: 1 } }));
    store.onChange(change => changes.push(change));
    expect(store.put('things', object('a', { spec: { x: 1 } }))).toBe(first);
    store.putStatus('things', 'n', 'missing', {});
    expect(changes).toEqual([]);
  });

  it('raises the generation with the spec only', () => {
    const store = createStore();
    store.put('things', object('a', { spec: { x: 1 } }));
    store.putStatus('things', 'n', 'a', { ready: true });
    expect(store.get('things', 'n', 'a')?.metadata.generation).toBe(1);
    store.put('things', object('a', { spec: { x: 2 } }));
    expect(store.get('things', 'n', 'a')?.metadata.generation).toBe(2);
  });

  it('lists in key order, by namespace when asked', () => {
    const store = createStore();
    for (const name of ['c', 'a', 'b']) {
      store.put('things', object(name));
    }
    store.put('things', {
      ...object('z'),
      metadata: { name: 'z', namespace: 'm' },
    });
    const names = (namespace?: string) =>
      store.list('things', namespace).map(entry => entry.metadata.name);
    expect(names()).toEqual(['z', 'a', 'b', 'c']);
    expect(names('n')).toEqual(['a', 'b', 'c']);
    store.delete('things', 'n', 'b');
    expect(names('n')).toEqual(['a', 'c']);
  });

  it('knows earlier states until its history ends', () => {
    const store = createStore(10);
    store.put('things', object('a'));
    const { revision } = store;
    store.put('things', object('b'));
    store.delete('things', 'n', 'a');
    const before = store.listAt('things', revision, 'n');
    expect(before?.map(entry => entry.metadata.name)).toEqual(['a']);
    expect(store.changesSince('things', revision)).toHaveLength(2);
    for (let count = 0; count < 30; count++) {
      store.put('things', object('c', { spec: { count } }));
    }
    expect(store.listAt('things', revision, 'n')).toBeUndefined();
    expect(store.changesSince('things', revision)).toBeUndefined();
  });

  it('tells every listener in order, even when one of them writes', () => {
    const store = createStore();
    const seen: string[] = [];
    store.onChange(({ object: { metadata } }) => {
      if (metadata.name === 'a') {
        store.put('things', object('b'));
      }
    });
    store.onChange(({ object: { metadata } }) => seen.push(metadata.name));
    store.put('things', object('a'));
    expect(seen).toEqual(['a', 'b']);
  });
});
