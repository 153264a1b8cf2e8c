const MOST_CHARACTERS = 60;

/**
 * The name of a file with a graph of some clusters, such as
 * `mesh-kepler-sh-20261123T101500Z.svg`: letters, digits and `-` only, so
 * that it is one on every system.
 *
 * @param at - end of the graph's window, RFC 3339
 * @public
 */
export function exportFileName(
  clusters: readonly string[],
  at: string,
  extension: string,
): string {
  const scope = [...clusters]
    .sort()
    .join('-')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, MOST_CHARACTERS)
    .replace(/^-|-$/g, '');
  const time = at.replace(/\.\d+/, '').replace(/[^0-9TZ]/g, '');
  return `${['mesh', scope, time].filter(Boolean).join('-')}.${extension}`;
}
