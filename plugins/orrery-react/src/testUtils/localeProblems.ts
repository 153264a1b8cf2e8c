import type { TranslationRef } from '@backstage/frontend-plugin-api';

/** `{{name}}` parts of a text, in any order. */
function blanks(text: string): string {
  return (text.match(/\{\{\s*\w+\s*\}\}/g) ?? []).sort().join(' ');
}

/**
 * What is wrong with a translation: keys that are missing or nobody asks for,
 * texts that are empty, or have other blanks to fill than the English ones.
 *
 * @param ref - with the English texts
 * @param messages - the translated texts by their flat keys
 * @returns one sentence for each problem
 * @public
 */
export function localeProblems(
  ref: TranslationRef<string, Record<string, string>>,
  messages: Readonly<Record<string, string>>,
): string[] {
  const english: Record<string, string> = Reflect.get(
    ref,
    'getDefaultMessages',
  ).call(ref);
  return [
    ...Object.keys(english)
      .filter(key => !Object.hasOwn(messages, key))
      .map(key => `${key} is missing`),
    ...Object.entries(messages).flatMap(([key, text]) => {
      if (!Object.hasOwn(english, key)) {
        return [`${key} is not in English`];
      }
      if (text.trim() === '') {
        return [`${key} is empty`];
      }
      const [wanted, found] = [blanks(english[key]), blanks(text)];
      return wanted === found
        ? []
        : [`${key} has the blanks "${found}" instead of "${wanted}"`];
    }),
  ];
}
