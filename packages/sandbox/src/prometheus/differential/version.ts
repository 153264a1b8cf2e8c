/** Whether a release knows a feature: [major, minor] compared number by number. */
export function atLeast(
  version: readonly [number, number],
  since: readonly [number, number] | undefined,
): boolean {
  if (!since) return true;
  return (
    version[0] > since[0] || (version[0] === since[0] && version[1] >= since[1])
  );
}
