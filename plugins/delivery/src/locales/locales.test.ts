import { deliveryTranslationRef } from '../translation';
import zh from './zh';

/** `{{name}}` parts of a text, in any order. */
function blanks(text: string): string[] {
  return (text.match(/\{\{\s*\w+\s*\}\}/g) ?? []).sort();
}

describe('Chinese', () => {
  const english: Record<string, string> = Reflect.get(
    deliveryTranslationRef,
    'getDefaultMessages',
  ).call(deliveryTranslationRef);

  it('has every key, no other, and the same blanks to fill', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(english).sort());
    for (const [key, text] of Object.entries<string>(zh)) {
      expect({ key, blanks: blanks(text) }).toEqual({
        key,
        blanks: blanks(english[key]),
      });
      expect(text.trim()).not.toBe('');
    }
  });
});
