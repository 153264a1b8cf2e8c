const POSIX_CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

function unsupported(pattern: string, part: string): SyntaxError {
  return new SyntaxError(
    `error parsing regexp: invalid or unsupported Perl syntax: \`${part}\` in \`${pattern}\``,
  );
}

/**
 * Translates a regular expression of Go's RE2 dialect, which Prometheus uses,
 * to JavaScript: named groups, POSIX classes, `\A`, `\z`, `\Q..\E` and leading
 * flags. What RE2 refuses (look-around, back references) is refused here too.
 */
export function translateRegex(pattern: string): {
  source: string;
  flags: string;
} {
  let flags = '';
  let rest = pattern;
  const leading = /^\(\?([imsU]+)\)/.exec(rest);
  if (leading) {
    flags = leading[1].replace(/[^ims]/g, '');
    rest = rest.slice(leading[0].length);
  }
  if (/\(\?(?:[=!]|<[=!])/.test(rest)) throw unsupported(pattern, '(?');
  if (/(^|[^\\])(\\\\)*\\[1-9]/.test(rest)) throw unsupported(pattern, '\\1');
  const source = rest
    .replace(/\\Q([\s\S]*?)(?:\\E|$)/g, (_, literal: string) =>
      literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'),
    )
    .replace(/\(\?P</g, '(?<')
    .replace(/\[:(\w+):\]/g, (whole, name: string) => {
      const members = POSIX_CLASSES[name];
      if (members === undefined) throw unsupported(pattern, whole);
      return members;
    })
    .replace(/\\([pP])([A-Z])/g, '\\$1{$2}')
    .replace(/\\A/g, '^')
    .replace(/\\z/g, '$')
    .replace(/\\x\{([0-9a-fA-F]+)\}/g, '\\u{$1}');
  if (/\\[pP]|\\u\{/.test(source)) flags += 'u';
  return { source, flags };
}

/** Alternatives of a pattern that holds nothing but literals and bars; undefined otherwise. */
function literalAlternatives(pattern: string): string[] | undefined {
  const withoutEscapes = pattern.replace(/\\[.\-/]/g, '');
  if (/[\\.+*?()[\]{}^$]/.test(withoutEscapes)) return undefined;
  return pattern.split('|').map(part => part.replace(/\\/g, ''));
}

/**
 * Compiles a label matcher's regular expression, anchored at both ends as
 * Prometheus anchors it. Throws a SyntaxError with Go's wording.
 */
export function compileAnchored(pattern: string): (text: string) => boolean {
  const literals = literalAlternatives(pattern);
  if (literals) {
    const set = new Set(literals);
    return text => set.has(text);
  }
  const expression = anchoredExpression(pattern);
  return text => expression.test(text);
}

/** The anchored expression itself, for functions that need its groups. */
export function anchoredExpression(pattern: string): RegExp {
  const { source, flags } = translateRegex(pattern);
  const dotAll = flags.includes('s') ? flags : `${flags}s`;
  try {
    return new RegExp(`^(?:${source})$`, dotAll);
  } catch {
    const opened = pattern.replace(/\\.|\[[^\]]*\]/g, '').match(/[()]/g) ?? [];
    const depth = opened.reduce((sum, one) => sum + (one === '(' ? 1 : -1), 0);
    if (depth > 0) {
      throw new SyntaxError(
        `error parsing regexp: missing closing ): \`${pattern}\``,
      );
    }
    throw new SyntaxError(
      `error parsing regexp: invalid syntax in \`${pattern}\``,
    );
  }
}
