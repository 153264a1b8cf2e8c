import { localeProblems } from '../testUtils';
import { orreryReactTranslationRef } from '../translation';
import zh from './zh';

describe('Chinese', () => {
  it('has every key, no other, and the same blanks to fill', () => {
    expect(localeProblems(orreryReactTranslationRef, zh)).toEqual([]);
  });
});
