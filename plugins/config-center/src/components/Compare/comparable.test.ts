import type {
  ConfigEntry,
  ConfigTree,
} from '@orrery/backstage-plugin-config-center-common';
import { comparedKeys } from './comparable';

const tree = (...entries: Partial<ConfigEntry>[]) =>
  ({
    entries: entries.map(entry => ({ hasSecret: false, ...entry })),
  } as ConfigTree);

describe('comparedKeys', () => {
  it('offers what is different or missing, and no secrets', () => {
    const compared = comparedKeys(
      tree(
        { key: 'a', text: '1' },
        { key: 'b', text: '1' },
        { key: 'c', text: '1' },
        { key: 'password', text: '••••••••', hasSecret: true },
        { key: 'blob' },
      ),
      tree(
        { key: 'b', text: '1' },
        { key: 'c', text: '2' },
        { key: 'd', text: '1' },
      ),
    );
    expect(
      compared.map(({ key, state, canCopy, obstacle }) => [
        key,
        state,
        canCopy,
        obstacle,
      ]),
    ).toEqual([
      ['a', 'onlyLeft', true, undefined],
      ['b', 'same', false, undefined],
      ['blob', 'onlyLeft', false, 'binary'],
      ['c', 'different', true, undefined],
      ['d', 'onlyRight', false, undefined],
      ['password', 'onlyLeft', false, 'secret'],
    ]);
  });
});
