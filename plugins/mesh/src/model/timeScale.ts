/** The part of time that a strip shows; milliseconds since the Unix epoch. */
export type TimeSpan = { fromMilliseconds: number; toMilliseconds: number };

/** Lengths to choose from, in seconds. */
export const SPANS = ['1h', '6h', '1d', '7d'] as const;

const TICKS_SECONDS = [
  300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
];
const FEWEST_TICKS = 4;

/** Where a moment lies, 0..1 from left to right; beyond the ends it stays at them. */
export function positionOf(span: TimeSpan, milliseconds: number): number {
  const { fromMilliseconds: from, toMilliseconds: to } = span;
  return Math.min(1, Math.max(0, (milliseconds - from) / (to - from)));
}

/** The moment at a position, on the grid of steps. */
export function momentAt(
  span: TimeSpan,
  position: number,
  stepMilliseconds: number,
): number {
  const { fromMilliseconds: from, toMilliseconds: to } = span;
  const exact = from + Math.min(1, Math.max(0, position)) * (to - from);
  const onGrid = Math.round(exact / stepMilliseconds) * stepMilliseconds;
  return Math.min(to, Math.max(from, onGrid));
}

/** Round moments to be written under the strip. */
export function ticksOf(span: TimeSpan, timeZoneOffsetMinutes = 0): number[] {
  const { fromMilliseconds: from, toMilliseconds: to } = span;
  const seconds = (to - from) / 1000;
  const step =
    1000 *
    ([...TICKS_SECONDS]
      .reverse()
      .find(candidate => seconds / candidate >= FEWEST_TICKS) ??
      TICKS_SECONDS[0]);
  // Days start at midnight where the viewer is.
  const shift = timeZoneOffsetMinutes * 60_000;
  const ticks: number[] = [];
  for (
    let tick = Math.ceil((from - shift) / step) * step + shift;
    tick <= to;
    tick += step
  ) {
    ticks.push(tick);
  }
  return ticks;
}

/** What a key does to a handle: a number of steps, or an end. */
export function moveByKey(
  key: string,
): { steps: number } | { to: 'start' | 'end' } | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return { steps: -1 };
    case 'ArrowRight':
    case 'ArrowUp':
      return { steps: 1 };
    case 'PageDown':
      return { steps: -10 };
    case 'PageUp':
      return { steps: 10 };
    case 'Home':
      return { to: 'start' };
    case 'End':
      return { to: 'end' };
    default:
      return undefined;
  }
}
