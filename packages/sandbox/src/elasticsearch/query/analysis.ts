/**
 * Words as Unicode cuts text (UAX #29, simplified): letters and digits with
 * single dots, colons or apostrophes between letters, dots or commas between
 * digits; every Han character by itself.
 */
const WORD =
  /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}_])+(?:(?:(?<=[\p{L}_])[.:'’](?=\p{L})|(?<=\p{N})[.,;](?=\p{N}))(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}_])+)*/gu;

/** One word and where it is in the text. */
export interface Token {
  term: string;
  start: number;
  end: number;
}

/** What the standard analyzer makes of a text. */
export function analyze(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(WORD)) {
    tokens.push({
      term: match[0].toLowerCase(),
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  return tokens;
}

/** Texts whose words are remembered: most lines are alike. */
const REMEMBERED = 5000;
const remembered = new Map<string, readonly string[]>();

/** The words of a text, in order. */
export function termsOf(text: string): readonly string[] {
  const known = remembered.get(text);
  if (known) return known;
  const terms = analyze(text).map(({ term }) => term);
  if (text.length < 200) {
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(text, terms);
  }
  return terms;
}

/** Whether words follow each other in a text, with at most so many others in between. */
export function containsPhrase(
  text: readonly string[],
  phrase: readonly string[],
  slop = 0,
): boolean {
  if (phrase.length === 0) return false;
  for (let begin = 0; begin < text.length; begin++) {
    if (text[begin] !== phrase[0]) continue;
    let at = begin;
    let left = slop;
    const complete = phrase.slice(1).every(word => {
      const next = text.indexOf(word, at + 1);
      left -= next - at - 1;
      at = next;
      return next >= 0 && left >= 0;
    });
    if (complete) return true;
  }
  return false;
}
