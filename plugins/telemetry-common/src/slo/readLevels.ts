/** Annotations of a catalog entity that declare service levels. */
const AVAILABILITY = 'orrery.dev/slo-availability';
const LATENCY = 'orrery.dev/slo-latency';
const WINDOW = 'orrery.dev/slo-window-days';
const WINDOW_DAYS = 30;

/** A service level as somebody declared it. @public */
export type DeclaredLevel = {
  id: string;
  kind: 'availability' | 'latency';
  /** 0..1. */
  objective: number;
  thresholdMilliseconds?: number;
  windowDays: number;
  origin: string;
};

/** A percentage between 0 and 100, both excluded, as a share. */
function readShare(text: string): number | undefined {
  const percent = /^\d{1,2}(\.\d{1,5})?$/.test(text) ? Number(text) : 0;
  return percent > 0 && percent < 100
    ? Math.round(percent * 1e5) / 1e7
    : undefined;
}

/**
 * Reads service levels from annotations: `orrery.dev/slo-availability: "99.9"`
 * and `orrery.dev/slo-latency: "300ms:99"`, of 30 days unless
 * `orrery.dev/slo-window-days` says otherwise.
 *
 * @returns levels, and what is wrong with those that cannot be read
 * @public
 */
export function readLevels(annotations: Readonly<Record<string, string>>): {
  levels: DeclaredLevel[];
  problems: string[];
} {
  const levels: DeclaredLevel[] = [];
  const problems: string[] = [];
  const complain = (name: string, expected: string) =>
    problems.push(
      `${name}: expected ${expected}, got ${JSON.stringify(
        annotations[name],
      ).slice(0, 80)}`,
    );
  let windowDays = WINDOW_DAYS;
  if (annotations[WINDOW] !== undefined) {
    const days = Number(annotations[WINDOW]);
    if (Number.isInteger(days) && days >= 1 && days <= 365) {
      windowDays = days;
    } else {
      complain(WINDOW, 'a whole number of days from 1 to 365');
    }
  }
  const availability = annotations[AVAILABILITY];
  if (availability !== undefined) {
    const objective = readShare(availability.trim());
    if (objective === undefined) {
      complain(AVAILABILITY, 'a percentage such as 99.9');
    } else {
      levels.push({
        id: 'availability',
        kind: 'availability',
        objective,
        windowDays,
        origin: AVAILABILITY,
      });
    }
  }
  const latency = annotations[LATENCY];
  if (latency !== undefined) {
    const match = /^(\d{1,7}(?:\.\d+)?)(ms|s):(.+)$/.exec(latency.trim());
    const objective = match && readShare(match[3].trim());
    const threshold = match
      ? Number(match[1]) * (match[2] === 's' ? 1000 : 1)
      : 0;
    if (objective && threshold > 0) {
      levels.push({
        id: 'latency',
        kind: 'latency',
        objective,
        thresholdMilliseconds: threshold,
        windowDays,
        origin: LATENCY,
      });
    } else {
      complain(LATENCY, 'a time and a percentage such as 300ms:99');
    }
  }
  return { levels, problems };
}
