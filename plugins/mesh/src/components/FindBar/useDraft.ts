import type { FindError } from '@orrery/backstage-plugin-mesh-common';
import { useEffect, useMemo, useRef, useState } from 'react';
import { readFind, type FindField } from '../../hooks/useFind';

const APPLY_MILLISECONDS = 350;
const COMPLAIN_MILLISECONDS = 900;

/** A text on its way to being an expression. */
export type Draft = {
  text: string;
  /** What is wrong with it, once the writer has paused or wanted it applied. */
  problem: FindError | undefined;
  isApplied: boolean;
  write: (text: string) => void;
  /** Applies what is written, if it makes sense. */
  submit: () => void;
  /** Writes and applies at once. */
  set: (text: string) => void;
};

/**
 * The text of a field. Only what makes sense is applied, so a mistake never
 * takes away what was found before it.
 *
 * @param options - `isLive` applies after a pause, without being told to;
 *   `onUse` hears of expressions that were applied on purpose
 */
export function useDraft(
  field: FindField,
  options: { isLive?: boolean; onUse: (expression: string) => void },
): Draft {
  const { applied, apply } = field;
  const [text, setText] = useState(applied);
  const [isSettled, setSettled] = useState(true);
  const { error } = useMemo(() => readFind(text), [text]);
  const trimmed = text.trim();
  const isApplied = trimmed === applied;

  const written = useRef(trimmed);
  written.current = trimmed;
  useEffect(() => {
    // A link, the way back or a preset; not the echo of what was written here.
    if (written.current !== applied) {
      setText(applied);
      setSettled(true);
    }
  }, [applied]);

  const isApplicable = !error && !isApplied;
  useEffect(() => {
    const timers = [
      !isSettled && setTimeout(() => setSettled(true), COMPLAIN_MILLISECONDS),
      options.isLive &&
        isApplicable &&
        setTimeout(() => apply(trimmed), APPLY_MILLISECONDS),
    ];
    return () => timers.forEach(timer => clearTimeout(timer || undefined));
  }, [trimmed, isSettled, isApplicable, options.isLive, apply]);

  const settle = (expression: string) => {
    const { error: mistake } = readFind(expression);
    setSettled(true);
    if (!mistake && expression !== applied) {
      apply(expression);
    }
    if (!mistake && expression !== '') {
      options.onUse(expression);
    }
  };
  return {
    text,
    problem: isSettled ? error : undefined,
    isApplied,
    write: next => {
      setText(next);
      setSettled(false);
    },
    submit: () => settle(trimmed),
    set: next => {
      setText(next);
      settle(next.trim());
    },
  };
}
