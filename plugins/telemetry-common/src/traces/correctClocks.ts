import type { Span } from './traces';
import { spanTree } from './spanTree';

/** Less than this is rounding, in milliseconds. */
const TOLERANCE = 0.001;

/** @public */
export type CorrectedSpans = {
  spans: Span[];
  /** Spans that were moved. */
  movedCount: number;
};

type Stretch = { start: number; duration: number };

function stretchOf(
  start: number | undefined,
  duration: number | undefined,
): Stretch | undefined {
  return start === undefined ? undefined : { start, duration: duration ?? 0 };
}

/**
 * How far a callee's clock has to be moved for its part to lie within its
 * caller's: the rest of the caller's time is taken as the way there and the
 * way back, in halves. A callee that takes longer than its caller waited
 * begins with it.
 */
function skewOf(caller: Stretch, callee: Stretch): number {
  const isInside =
    callee.start >= caller.start - TOLERANCE &&
    callee.start + callee.duration <=
      caller.start + caller.duration + TOLERANCE;
  if (isInside) {
    return 0;
  }
  const latency = Math.max(0, (caller.duration - callee.duration) / 2);
  return caller.start + latency - callee.start;
}

function moved(span: Span, caller: number, callee: number): Span {
  const by = (value: number | undefined, shift: number) =>
    value === undefined ? undefined : value + shift;
  return {
    ...span,
    startMilliseconds: by(span.startMilliseconds, callee),
    events: span.events.map(event => ({
      ...event,
      atMilliseconds: event.atMilliseconds + callee,
    })),
    ...(span.client && {
      client: {
        ...span.client,
        startMilliseconds: by(span.client.startMilliseconds, caller),
      },
    }),
  };
}

/**
 * Corrects clocks that disagree: what a service told is moved as a whole, so
 * that its answer lies within the call that asked for it. Only calls that
 * wait for their answer are corrected; messages may well be read later.
 *
 * @param spans - with one id each, as `joinSpans` gives them
 * @public
 */
export function correctClocks(spans: readonly Span[]): CorrectedSpans {
  const { nodes } = spanTree(spans);
  const shifts: number[] = [];
  const corrected: Span[] = [];
  let movedCount = 0;
  nodes.forEach(({ span, parent }, position) => {
    const above = parent === undefined ? undefined : corrected[parent];
    const inherited = parent === undefined ? 0 : shifts[parent];
    const caller = span.client;
    // The caller's half was told by the host that the parent ran on.
    const callerShift = caller ? inherited : 0;
    const waits = caller
      ? stretchOf(
          caller.startMilliseconds === undefined
            ? undefined
            : caller.startMilliseconds + callerShift,
          caller.durationMilliseconds,
        )
      : above && stretchOf(above.startMilliseconds, above.durationMilliseconds);
    const serves = stretchOf(span.startMilliseconds, span.durationMilliseconds);
    const isSameHost = !caller && above?.service === span.service;
    const isWaitedFor = caller !== undefined || span.kind === 'server';
    let shift = isSameHost ? inherited : 0;
    if (!isSameHost && isWaitedFor && waits && serves) {
      shift = skewOf(waits, serves);
    }
    shifts[position] = shift;
    const isMoved =
      Math.abs(shift) > TOLERANCE || Math.abs(callerShift) > TOLERANCE;
    movedCount += isMoved ? 1 : 0;
    corrected[position] = isMoved ? moved(span, callerShift, shift) : span;
  });
  return { spans: corrected, movedCount };
}
