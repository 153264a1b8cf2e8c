const DAY = 86_400;

interface Wave {
  periodSeconds: number;
  amplitude: number;
  /** Seconds after midnight UTC at which the wave has its crest. */
  crestSeconds: number;
}

/**
 * A working day in Shanghai: most traffic in the afternoon, a second top in
 * the morning, little at night; on top of it slow breathing that is not tied
 * to the hour. Amplitudes add up to less than 1, so traffic never stops.
 */
const waves: readonly Wave[] = [
  { periodSeconds: DAY, amplitude: 0.36, crestSeconds: 7 * 3600 },
  { periodSeconds: DAY / 2, amplitude: 0.14, crestSeconds: 2.5 * 3600 },
  { periodSeconds: 2311, amplitude: 0.025, crestSeconds: 0 },
  { periodSeconds: 431, amplitude: 0.018, crestSeconds: 97 },
  { periodSeconds: 53, amplitude: 0.01, crestSeconds: 11 },
];

/** Relative traffic over time; its mean over a day is 1. */
export interface TrafficShape {
  /** Multiplier at an instant. */
  at(milliseconds: number): number;
  /** Integral of the multiplier from the shape's origin to an instant, in seconds. */
  integral(milliseconds: number): number;
}

/**
 * The closed form of a normal day's traffic. `speed` makes the day pass so
 * many times faster after `origin` (and before it), without changing the mean.
 */
export function createTrafficShape(
  originMilliseconds: number,
  speed = 1,
): TrafficShape {
  const origin = originMilliseconds / 1000;
  const inDay = (milliseconds: number) =>
    origin + (milliseconds / 1000 - origin) * speed;
  const angle = (wave: Wave, seconds: number) =>
    ((seconds - wave.crestSeconds) / wave.periodSeconds) * 2 * Math.PI;
  const primitive = (seconds: number) =>
    waves.reduce(
      (sum, wave) =>
        sum +
        wave.amplitude *
          (wave.periodSeconds / (2 * Math.PI)) *
          Math.sin(angle(wave, seconds)),
      seconds,
    );
  const zero = primitive(origin);
  return {
    at: milliseconds => {
      const seconds = inDay(milliseconds);
      return waves.reduce(
        (sum, wave) => sum + wave.amplitude * Math.cos(angle(wave, seconds)),
        1,
      );
    },
    integral: milliseconds => (primitive(inDay(milliseconds)) - zero) / speed,
  };
}
