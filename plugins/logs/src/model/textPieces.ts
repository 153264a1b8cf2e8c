import Anser from 'anser';

/** A stretch of text with one look. It is text only, never markup. */
export type TextPiece = {
  text: string;
  isMarked: boolean;
  /** Name of one of the eight colours of terminals, such as `red`. */
  colour?: string;
  isBold?: boolean;
};

const ESCAPE = '\u001b';
const COLOURS = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
];

/**
 * The text of a line as pieces: what a query matched is marked; of ANSI's
 * escapes the eight colours and bold are kept, all others vanish.
 *
 * @param highlights - start and end of what matched; not known where a text has escapes
 */
export function textPieces(
  text: string,
  highlights: readonly (readonly [number, number])[] = [],
): TextPiece[] {
  if (text.includes(ESCAPE)) {
    return Anser.ansiToJson(text, {
      json: true,
      use_classes: true,
      remove_empty: true,
    }).map(({ content, fg, decorations }) => {
      const colour = COLOURS.find(
        name => fg === `ansi-${name}` || fg === `ansi-bright-${name}`,
      );
      return {
        // A broken escape leaves its first byte, which shows as nothing good.
        text: content.replaceAll(ESCAPE, ''),
        isMarked: false,
        ...(colour && { colour }),
        ...(decorations.includes('bold') && { isBold: true }),
      };
    });
  }
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const [start, end] of highlights) {
    if (start >= at && end > start) {
      if (start > at) {
        pieces.push({ text: text.slice(at, start), isMarked: false });
      }
      pieces.push({ text: text.slice(start, end), isMarked: true });
      at = end;
    }
  }
  if (at < text.length || pieces.length === 0) {
    pieces.push({ text: text.slice(at), isMarked: false });
  }
  return pieces;
}
