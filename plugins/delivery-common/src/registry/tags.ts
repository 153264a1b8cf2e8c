/**
 * Orders tags newest first, as far as names tell: numbers in them count as
 * numbers (`1.10` is newer than `1.9`), a release is newer than what leads to
 * it (`1.4.0` than `1.4.0-rc.1`), and words come last.
 *
 * @public
 */
export function compareTags(left: string, right: string): number {
  const isVersion = (tag: string) => /^v?\d/.test(tag);
  if (isVersion(left) !== isVersion(right)) {
    return isVersion(left) ? -1 : 1;
  }
  const parts = (tag: string) => tag.replace(/^v/, '').split(/[.+_-]/);
  const [ours, theirs] = [parts(left), parts(right)];
  for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
    const [one, other] = [ours.at(index), theirs.at(index)];
    if (one === other) {
      continue;
    }
    if (one === undefined || other === undefined) {
      const more = one ?? other ?? '';
      // `1.4` leads to `1.4.1`, but `1.4-rc` leads to `1.4`.
      const isNewer = /^\d+$/.test(more);
      return (one === undefined) === isNewer ? 1 : -1;
    }
    const [first, second] = [Number(one), Number(other)];
    return Number.isNaN(first) || Number.isNaN(second)
      ? other.localeCompare(one)
      : second - first;
  }
  return 0;
}
