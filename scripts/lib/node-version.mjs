/**
 * Why this Node cannot run Orrery, or undefined when it can.
 *
 * better-sqlite3 12, the newest that Backstage 1.55 accepts, aborts on Node
 * 24.19 and later: its addon breaks an assertion of Node's when an
 * environment is torn down.
 *
 * @param {string} version - such as `20.19.0`
 */
export function refuseNode(version) {
  const [major, minor] = version.split('.').map(Number);
  const supported =
    'Use Node 20.19 or later 20.x, 22.12 or later 22.x, or 24.0 to 24.18.';
  if (major === 24 && minor >= 19) {
    return `Node ${version} aborts better-sqlite3 12, which Backstage stores its data with. ${supported}`;
  }
  const fits =
    (major === 20 && minor >= 19) ||
    (major === 22 && minor >= 12) ||
    major === 24;
  return fits ? undefined : `Node ${version} is not supported. ${supported}`;
}
