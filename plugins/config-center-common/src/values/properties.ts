import { problemAt, type ValueProblem } from './places';

/** One line of a properties file that names a value. */
export type Property = {
  name: string;
  value: string;
  /** Where the value stands in the text. */
  from: number;
  to: number;
  /** Where the line begins. */
  at: number;
  hasSeparator: boolean;
};

const LINE = /^(\s*)((?:\\.|[^\\=:\s])+)(\s*[=:]\s*|\s+|$)(.*)$/;

/**
 * The lines of a properties file, as `java.util.Properties` reads them; a
 * backslash at the end of a line continues it.
 */
export function readProperties(text: string): Property[] {
  const found: Property[] = [];
  let at = 0;
  let open: Property | undefined;
  for (const line of text.split('\n')) {
    const continues = /(^|[^\\])(\\\\)*\\$/.test(line);
    if (open) {
      open.value += line.trim().replace(/\\$/, '');
      open.to = at + line.length;
    } else if (!/^\s*([#!].*)?$/.test(line)) {
      const match = LINE.exec(line);
      if (match) {
        const [, indent, name, separator, rest] = match;
        const from = at + indent.length + name.length + separator.length;
        open = {
          name,
          value: rest.replace(/\\$/, ''),
          from,
          to: at + line.length,
          at,
          hasSeparator: /[=:]/.test(separator) || rest !== '',
        };
        found.push(open);
      }
    }
    if (!continues) {
      open = undefined;
    }
    at += line.length + 1;
  }
  return found;
}

/** What is wrong with a properties file. */
export function checkProperties(text: string): ValueProblem[] {
  const problems: ValueProblem[] = [];
  const seen = new Set<string>();
  for (const property of readProperties(text)) {
    const { name, at, to, hasSeparator } = property;
    const end = text.indexOf('\n', at);
    const lineEnd = end === -1 ? text.length : end;
    if (seen.has(name)) {
      problems.push(
        problemAt(
          text,
          at,
          lineEnd,
          `${name} is set before; only the last one counts`,
          'warning',
        ),
      );
    }
    seen.add(name);
    if (!hasSeparator) {
      problems.push(
        problemAt(
          text,
          at,
          lineEnd,
          `expected name=value; ${name} is empty`,
          'warning',
        ),
      );
    }
    const bad = /\\u(?![0-9A-Fa-f]{4})/.exec(text.slice(at, to));
    if (bad) {
      const from = at + bad.index;
      problems.push(
        problemAt(text, from, from + 2, 'expected \\u and four hex digits'),
      );
    }
  }
  return problems;
}
