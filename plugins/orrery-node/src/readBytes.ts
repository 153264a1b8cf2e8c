/**
 * The bytes of an answer, as long as they are not too many.
 *
 * @returns undefined where there are more than `most`; the rest is not read
 * @public
 */
export async function readBytes(
  response: Response,
  most: number,
): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.byteLength;
    if (length > most) {
      return undefined;
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}
