import { localeProblems } from '@orrery/backstage-plugin-orrery-react/testUtils';
import { configTranslationRef } from '../translation';
import zh from './zh';

describe('Chinese', () => {
  it('has every key, no other, and the same blanks to fill', () => {
    expect(localeProblems(configTranslationRef, zh)).toEqual([]);
  });
});
