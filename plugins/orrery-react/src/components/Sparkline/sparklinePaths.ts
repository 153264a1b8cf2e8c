/**
 * SVG paths of a line from zero to its largest value, one per stretch
 * without gaps. A lone point becomes a short dash.
 */
export function sparklinePaths(
  values: readonly (number | null)[],
  width: number,
  height: number,
): string[] {
  const largest = Math.max(0, ...values.map(value => value ?? 0));
  const inset = 1.5;
  const x = (index: number) =>
    values.length < 2 ? 0 : (index / (values.length - 1)) * width;
  const y = (value: number) =>
    height -
    inset -
    (largest > 0 ? (value / largest) * (height - 2 * inset) : 0);
  const paths: string[] = [];
  let points: string[] = [];
  const finish = () => {
    if (points.length === 1) {
      paths.push(`M${points[0]}h1.5`);
    } else if (points.length > 1) {
      paths.push(`M${points.join('L')}`);
    }
    points = [];
  };
  for (const [index, value] of values.entries()) {
    if (value === null) {
      finish();
    } else {
      points.push(`${x(index).toFixed(1)} ${y(value).toFixed(1)}`);
    }
  }
  finish();
  return paths;
}
