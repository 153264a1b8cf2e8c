import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';

const SHAPE = 'tags such as http.status_code=503, or error, joined by " and "';

/**
 * Reads tags that a trace must have.
 *
 * @throws InvalidValueError naming the field `tags`
 */
export function parseTags(
  text: string | undefined,
): { key: string; value?: string }[] {
  const given = text?.trim() ?? '';
  if (given === '') {
    return [];
  }
  return given.split(/\s+and\s+/i).map(term => {
    const at = term.indexOf('=');
    const key = (at < 0 ? term : term.slice(0, at)).trim();
    const value = at < 0 ? undefined : term.slice(at + 1).trim();
    if (!/^[^\s=]{1,100}$/.test(key) || value === '') {
      throw new InvalidValueError('tags', SHAPE, term);
    }
    return { key, ...(value !== undefined && { value }) };
  });
}
