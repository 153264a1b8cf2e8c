import { lineOf } from '../__testUtils__/samples';
import { LineStore } from './LineStore';

const some = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) =>
    lineOf({ id: String(from + index) }),
  );

describe('LineStore', () => {
  it('keeps lines in order over chunks', () => {
    const store = new LineStore();
    store.append(some(0, 1500));
    store.append(some(1500, 700));
    expect(store.count).toBe(2200);
    expect([0, 999, 1000, 2199].map(index => store.at(index)?.id)).toEqual([
      '0',
      '999',
      '1000',
      '2199',
    ]);
    expect(store.at(2200)).toBeUndefined();
    expect(store.at(-1)).toBeUndefined();
  });

  it('lets the first go when more come than it may keep', () => {
    const store = new LineStore(2500);
    for (let from = 0; from < 10_000; from += 700) {
      store.append(some(from, 700));
    }
    expect(store.count).toBe(2500);
    expect(store.dropped).toBe(10_500 - 2500);
    expect(store.at(0)?.id).toBe('8000');
    expect(store.at(2499)?.id).toBe('10499');
  });

  it('tells of changes', () => {
    const store = new LineStore();
    const listener = jest.fn();
    const stop = store.subscribe(listener);
    store.append(some(0, 1));
    store.append([]);
    store.clear();
    stop();
    store.append(some(0, 1));
    expect(listener).toHaveBeenCalledTimes(2);
    expect(store.snapshot()).toBe(3);
  });
});
