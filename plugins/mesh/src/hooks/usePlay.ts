import { useEffect, useRef, useState } from 'react';

/** How long each moment stays, at least. */
const STAY_MILLISECONDS = 1_200;

/**
 * Plays time: once what is shown has arrived and has been seen for a moment,
 * the next one is asked for, until the present is reached.
 */
export function usePlay(options: {
  /** Undefined means now. */
  momentMilliseconds: number | undefined;
  /** Whether the moment is on the screen. */
  isShown: boolean;
  stepMilliseconds: number;
  onMoment: (milliseconds: number | undefined) => void;
}): { isPlaying: boolean; setPlaying: (playing: boolean) => void } {
  const { momentMilliseconds, isShown, stepMilliseconds } = options;
  const [isPlaying, setPlaying] = useState(false);
  const onMoment = useRef(options.onMoment);
  onMoment.current = options.onMoment;

  useEffect(() => {
    if (!isPlaying || !isShown) {
      return undefined;
    }
    if (momentMilliseconds === undefined) {
      setPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => {
      const next = momentMilliseconds + stepMilliseconds;
      onMoment.current(next >= Date.now() ? undefined : next);
    }, STAY_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [isPlaying, isShown, momentMilliseconds, stepMilliseconds]);

  return { isPlaying, setPlaying };
}
