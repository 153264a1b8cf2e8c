/** A command of a shell script, or commands that are run when another one says so. */
export type ShellLine =
  | { kind: 'command'; text: string }
  | { kind: 'if'; condition: string; then: ShellLine[]; other: ShellLine[] };

/** Commands of one line; what follows `||` is left out, as all here succeeds or ends the script. */
function commandsOf(line: string): string[] {
  const [sure] = line.split(/\s\|\|\s/);
  return sure
    .split(/\s*(?:&&|;)\s*(?=(?:[^'"]|'[^']*'|"[^"]*")*$)/)
    .filter(Boolean);
}

/** Whether a line's failure is let pass. */
export const isForgiving = (line: string) =>
  /\|\|\s*(?:true|:|exit 0)/.test(line);

/** Reads a script of plain commands and `if`s. */
export function readShell(script: string): ShellLine[] {
  const lines = script
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
    .flatMap(line =>
      /^(if|elif)\s/.test(line) ? line.split(/\s*;\s*(?=then)/) : [line],
    )
    .flatMap(line =>
      /^(then|else)\s+\S/.test(line)
        ? [line.slice(0, 4), line.slice(5)]
        : [line],
    )
    .flatMap(line =>
      /;\s*fi$/.test(line) ? [line.replace(/;\s*fi$/, ''), 'fi'] : [line],
    );
  let at = 0;
  function block(ends: readonly string[]): ShellLine[] {
    const found: ShellLine[] = [];
    while (at < lines.length && !ends.includes(lines[at])) {
      const line = lines[at++];
      if (line.startsWith('if ')) {
        if (lines[at] === 'then') at++;
        const then = block(['else', 'fi']);
        const other = lines[at] === 'else' ? (at++, block(['fi'])) : [];
        at++;
        found.push({ kind: 'if', condition: line.slice(3), then, other });
      } else if (isForgiving(line)) {
        found.push({ kind: 'command', text: line });
      } else {
        found.push(
          ...commandsOf(line).map(text => ({ kind: 'command' as const, text })),
        );
      }
    }
    return found;
  }
  return block([]);
}
