/** A piece of a condition's text. */
export interface Token {
  kind: 'number' | 'text' | 'name' | 'symbol' | 'end';
  text: string;
}

const pattern =
  /\s*(?:(\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([A-Za-z_]\w*)|(\|\||&&|==|!=|<=|>=|\?\?|[-+*/%<>!()[\]{},.?:#]))/y;

/**
 * Splits a condition into tokens.
 * @throws Error at the first character that has no meaning
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const source = text.trimEnd();
  pattern.lastIndex = 0;
  while (pattern.lastIndex < source.length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(source);
    if (!found) {
      throw new Error(
        `unexpected "${source.slice(at).trim()[0]}" in condition`,
      );
    }
    const [, number, double, single, name, symbol] = found;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (double !== undefined || single !== undefined) {
      tokens.push({ kind: 'text', text: double ?? single });
    } else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else tokens.push({ kind: 'symbol', text: symbol });
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}
