/** A console as lines, the oldest first. */
export type Console = {
  lines: readonly string[];
  /** What has no line feed yet; it is part of the last line that is shown. */
  rest: string;
  /** How many of the oldest lines were let go. */
  dropped: number;
};

/** More than this a page does not keep. */
export const MOST_CONSOLE_LINES = 50_000;

export const NO_CONSOLE: Console = { lines: [], rest: '', dropped: 0 };

/**
 * Adds a piece that may begin and end anywhere. A carriage return within a
 * line starts it anew, as progress bars do.
 */
export function addConsole(console: Console, text: string): Console {
  if (text === '') {
    const { lines, rest, dropped } = console;
    return { lines, rest, dropped };
  }
  const parts = `${console.rest}${text}`.split('\n');
  const rest = parts.pop() ?? '';
  const added = parts.map(line => {
    const trimmed = line.replace(/\r+$/, '');
    return trimmed.slice(trimmed.lastIndexOf('\r') + 1);
  });
  const lines = [...console.lines, ...added];
  const surplus = Math.max(0, lines.length - MOST_CONSOLE_LINES);
  return {
    lines: surplus > 0 ? lines.slice(surplus) : lines,
    rest,
    dropped: console.dropped + surplus,
  };
}

/** A stretch of a line with one look; it is text only, never markup. */
export type ConsolePiece = {
  text: string;
  /** Name of one of the eight colours of terminals. */
  colour?: string;
  isBold?: boolean;
};

const COLOURS = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
] as const;
const ESCAPE = String.fromCharCode(27);
const BELL = String.fromCharCode(7);
/** Control sequences, and those of operating systems such as titles and Jenkins' notes. */
const SEQUENCE = new RegExp(
  `${ESCAPE}(?:\\[([0-9;?]*)([@-~])|\\][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)?|[@-Z\\\\^_]?)`,
  'g',
);

function restyle(
  style: Omit<ConsolePiece, 'text'>,
  codes: string,
): Omit<ConsolePiece, 'text'> {
  const known = codes.split(';');
  // 38 and 48 begin a colour of a larger palette, whose numbers mean others.
  const larger = known.findIndex(code => code === '38' || code === '48');
  const plain = larger < 0 ? known : known.slice(0, larger);
  return plain.reduce<Omit<ConsolePiece, 'text'>>((before, code) => {
    const value = Number(code);
    if (value === 0) {
      return {};
    }
    if (value === 1 || value === 22) {
      return { ...before, isBold: value === 1 };
    }
    const index = value >= 90 ? value - 90 : value - 30;
    if (index >= 0 && index < COLOURS.length) {
      return { ...before, colour: COLOURS[index] };
    }
    return value === 39 ? { ...before, colour: undefined } : before;
  }, style);
}

/**
 * A line as pieces: of ANSI's escapes the eight colours and bold are kept
 * (ECMA-48, SGR), all others vanish.
 */
export function consolePieces(line: string): ConsolePiece[] {
  const pieces: ConsolePiece[] = [];
  let style: Omit<ConsolePiece, 'text'> = {};
  let at = 0;
  const push = (text: string) => text !== '' && pieces.push({ text, ...style });
  for (const match of line.matchAll(SEQUENCE)) {
    push(line.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[2] === 'm') {
      style = restyle(style, match[1]);
    }
  }
  push(line.slice(at));
  return pieces;
}
