import type { PlanStep } from './schema';

/** Seconds as people say them: `90 s`, `10 min`, `2 h`. */
export function secondsInWords(seconds: number): string {
  if (seconds % 3600 === 0) {
    return `${seconds / 3600} h`;
  }
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

/** A step in a few words. @public */
export function stepTitle(step: PlanStep): string {
  switch (step.kind) {
    case 'weight':
      return `${step.weight} %`;
    case 'pause':
      return secondsInWords(step.seconds);
    case 'mirror':
      return step.percent === 0 ? 'no mirror' : `mirror ${step.percent} %`;
    case 'header': {
      const names = Object.entries(step.headers).map(
        ([name, match]) =>
          `${name}: ${match.exact ?? match.prefix ?? match.regex}`,
      );
      return names.length === 0 ? 'no header' : names.join(', ');
    }
    default:
      return step.kind;
  }
}
