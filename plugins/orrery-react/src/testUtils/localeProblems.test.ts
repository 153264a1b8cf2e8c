import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { localeProblems } from './localeProblems';

const ref = createTranslationRef({
  id: 'test',
  messages: { greeting: 'Hello {{name}}', farewell: 'Bye', part: 'A {{a}}' },
});
const GOOD = { greeting: '你好 {{name}}', farewell: '再见', part: '{{a}}' };

describe('localeProblems', () => {
  it('finds none where all is translated', () => {
    expect(localeProblems(ref, GOOD)).toEqual([]);
  });

  it('names what is missing, unasked for, empty, or filled differently', () => {
    expect(
      localeProblems(ref, { farewell: ' ', part: '{{b}}', extra: '多余' }),
    ).toEqual([
      'greeting is missing',
      'farewell is empty',
      'part has the blanks "{{b}}" instead of "{{a}}"',
      'extra is not in English',
    ]);
  });
});
