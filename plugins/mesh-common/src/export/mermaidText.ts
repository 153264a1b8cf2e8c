/** Longer texts make diagrams that nobody reads. */
const MOST_CHARACTERS = 120;

/**
 * Characters that break lines or are halves of others, or that turn the direction of what follows:
 * a name must not be able to rearrange the names around it.
 */
const UNRULY =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * What stays as it is. Everything else may mean something to Mermaid, to
 * Markdown or to HTML. The ligature and the sharp s are what Mermaid itself
 * stands in for `&` and `;` while it parses; a colon is what it looks for
 * behind `style` and `classDef`, even within quotes.
 */
const PLAIN = /[\p{L}\p{M}\p{N} ,./_-]/u;
const KEPT_FOR_MERMAID = new Set(['ß', 'ﬂ']);

/** A text in one line, without characters that control others; `…` where it is cut. */
export function oneLine(text: string): string {
  const characters = [...text.replace(UNRULY, '\ufffd')];
  return characters.length <= MOST_CHARACTERS
    ? characters.join('')
    : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`;
}

/**
 * A text as the label of a Mermaid diagram, to be put between quotes.
 * Whatever could end the label, begin markup or a directive becomes a
 * numeric entity code (`#34;`), which Mermaid writes as the character.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
export function mermaidText(text: string): string {
  const characters = [...oneLine(text)];
  return characters
    .map((character, index) => {
      // At the beginning of a word, `-` and `1.` would be lists in Markdown.
      const isListMark =
        /[-.]/.test(character) && (characters[index + 1] ?? ' ') === ' ';
      return PLAIN.test(character) &&
        !KEPT_FOR_MERMAID.has(character) &&
        !isListMark
        ? character
        : `#${character.codePointAt(0)};`;
    })
    .join('');
}
