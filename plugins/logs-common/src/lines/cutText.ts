/**
 * The beginning of a text, without half a character at its end, and how much
 * was left out (UTF-16 units).
 *
 * @public
 */
export function cutText(
  text: string,
  most: number,
): { text: string; cutCharacters?: number } {
  if (text.length <= most) {
    return { text };
  }
  const last = text.charCodeAt(most - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? most - 1 : most;
  return { text: text.slice(0, end), cutCharacters: text.length - end };
}
