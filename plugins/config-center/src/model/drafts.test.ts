import type { ConfigValue } from '@orrery/backstage-plugin-config-center-common';
import { isConflict, withDraft } from './drafts';

const value = (text: string) => ({ text } as ConfigValue);

describe('drafts', () => {
  it('are kept by key, and discarded', () => {
    const draft = { text: 'x', baseIndex: 1 };
    const drafts = withDraft({}, 'a', draft);
    expect(withDraft(drafts, 'b', draft)).toEqual({ a: draft, b: draft });
    expect(withDraft(drafts, 'a', undefined)).toEqual({});
  });

  it.each([
    ['no draft', undefined, { modifyIndex: 2, value: value('y') }, false],
    ['the same index', 1, { modifyIndex: 1, value: value('y') }, false],
    ['another index', 1, { modifyIndex: 2, value: value('y') }, true],
    ['what was just written', 1, { modifyIndex: 2, value: value('x') }, false],
    ['a key that is gone', 1, undefined, true],
    ['a new key', 0, undefined, false],
    [
      'a new key that others made',
      0,
      { modifyIndex: 3, value: value('y') },
      true,
    ],
  ])('tells a conflict: %s', (_, baseIndex, present, expected) => {
    const draft =
      baseIndex === undefined ? undefined : { text: 'x', baseIndex };
    expect(isConflict(draft, present)).toBe(expected);
  });
});
