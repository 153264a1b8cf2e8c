/** A pattern with `*` and `?` (a backslash takes their meaning) as a regular expression over a whole value. */
export function wildcardExpression(
  pattern: string,
  caseInsensitive = false,
): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '*') source += '.*';
    else if (character === '?') source += '.';
    else {
      const literal =
        character === '\\' && at + 1 < pattern.length
          ? pattern[++at]
          : character;
      source += literal.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
    }
  }
  return new RegExp(`^${source}$`, caseInsensitive ? 'isu' : 'su');
}

/** The longest piece of a pattern that is no wildcard, in small letters: what a fitting text must contain. */
export function literalOf(pattern: string): string {
  return pattern
    .toLowerCase()
    .split(/\\.|[*?]/s)
    .reduce((longest, part) => (part.length > longest.length ? part : longest));
}
