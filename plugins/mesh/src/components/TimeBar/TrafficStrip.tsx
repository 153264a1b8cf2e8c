import type { Timeline } from '@orrery/backstage-plugin-mesh-common';
import styles from './TimeBar.module.css';

const WIDTH = 1000;
const HEIGHT = 40;

/** Areas from zero, one for each stretch without a gap. */
function areasOf(
  values: readonly (number | null)[],
  highest: number,
): string[] {
  const last = Math.max(1, values.length - 1);
  const areas: string[] = [];
  let open: [number, number][] = [];
  const close = () => {
    if (open.length > 1) {
      const line = open.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`);
      const [first] = open[0];
      const [end] = open[open.length - 1];
      areas.push(
        `M${first.toFixed(1)},${HEIGHT} L${line.join(' L')} L${end.toFixed(
          1,
        )},${HEIGHT} Z`,
      );
    }
    open = [];
  };
  values.forEach((value, index) => {
    if (value === null) {
      close();
    } else {
      open.push([
        (index / last) * WIDTH,
        HEIGHT - (highest > 0 ? value / highest : 0) * HEIGHT,
      ]);
    }
  });
  close();
  return areas;
}

/** Requests and, on the same scale, failed ones. For the eye: the text beside it says the figures. */
export function TrafficStrip({ timeline }: { timeline: Timeline }) {
  const highest = Math.max(
    0,
    ...timeline.requestsPerSecond.filter(value => value !== null),
  );
  return (
    <svg
      className={styles.traffic}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {areasOf(timeline.requestsPerSecond, highest).map(path => (
        <path key={path} d={path} className={styles.requests} />
      ))}
      {areasOf(timeline.errorsPerSecond, highest).map(path => (
        <path key={path} d={path} className={styles.errors} />
      ))}
    </svg>
  );
}
