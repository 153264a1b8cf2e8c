const ALL: FakeableAPI[] = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
];

/**
 * Holds only these still and lets the rest run: a server has to go on
 * answering while its clock is moved by hand.
 */
export function freeze(...held: FakeableAPI[]): void {
  jest.useFakeTimers({ doNotFake: ALL.filter(name => !held.includes(name)) });
}
