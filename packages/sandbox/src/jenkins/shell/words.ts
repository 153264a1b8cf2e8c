/** Where values of a shell script come from. */
export interface Values {
  variable(name: string): string | undefined;
  /** What a command between `$(` and `)` writes. */
  substitute(command: string): string;
}

/** Puts values in for `$name`, `${name}`, `${name:-other}`, `${name:from:length}` and `$(command)`. */
export function expand(text: string, values: Values): string {
  return text.replace(
    /\$\(([^()]*)\)|\$\{(\w+)(?:(:-|-|:\+)([^}]*)|:(\d+):(\d+))?\}|\$(\w+)|'([^']*)'/g,
    (whole, command, name, operator, other, from, length, plain, quoted) => {
      // Nothing stands for anything between single quotes, which end a text begun elsewhere only by mistake.
      if (quoted !== undefined) return whole;
      if (command !== undefined) return values.substitute(command);
      const value = values.variable(name ?? plain) ?? '';
      if (from !== undefined) {
        return value.slice(Number(from), Number(from) + Number(length));
      }
      if (operator === ':+') return value === '' ? '' : expand(other, values);
      return value === '' && operator ? expand(other, values) : value;
    },
  );
}

/** Words of a command, without their quotes. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  for (const [found] of text.matchAll(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g)) {
    words.push(found.replace(/"([^"]*)"|'([^']*)'|\\(.)/g, '$1$2$3'));
  }
  return words;
}

/** A word as `sh -x` shows it. */
export const shown = (word: string) =>
  word === '' || /[\s'"$&|;<>]/.test(word) ? `'${word}'` : word;
