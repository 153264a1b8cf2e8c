import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import {
  momentAt,
  moveByKey,
  positionOf,
  type TimeSpan,
} from '../../model/timeScale';
import styles from './TimeBar.module.css';

/** A moment that can be dragged, or moved with the arrow keys. */
export function TimeHandle(props: {
  span: TimeSpan;
  milliseconds: number;
  stepMilliseconds: number;
  label: string;
  /** The moment in words. */
  text: string;
  tone: 'moment' | 'compare';
  /** While it is being dragged. */
  onDrag: (milliseconds: number) => void;
  onCommit: (milliseconds: number) => void;
}) {
  const { span, milliseconds, stepMilliseconds, onDrag, onCommit } = props;
  const dragged = useRef<number>();

  const momentOf = (event: PointerEvent<HTMLElement>) => {
    const strip = event.currentTarget.parentElement?.getBoundingClientRect();
    return strip && strip.width > 0
      ? momentAt(
          span,
          (event.clientX - strip.left) / strip.width,
          stepMilliseconds,
        )
      : milliseconds;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moveByKey(event.key);
    if (!move) {
      return;
    }
    event.preventDefault();
    if ('to' in move) {
      onCommit(
        move.to === 'start' ? span.fromMilliseconds : span.toMilliseconds,
      );
    } else {
      const next = milliseconds + move.steps * stepMilliseconds;
      onCommit(
        Math.min(span.toMilliseconds, Math.max(span.fromMilliseconds, next)),
      );
    }
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      className={styles.handle}
      data-tone={props.tone}
      style={{ left: `${positionOf(span, milliseconds) * 100}%` }}
      aria-label={props.label}
      aria-valuemin={span.fromMilliseconds}
      aria-valuemax={span.toMilliseconds}
      aria-valuenow={milliseconds}
      aria-valuetext={props.text}
      title={props.text}
      onKeyDown={onKeyDown}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId);
        dragged.current = milliseconds;
      }}
      onPointerMove={event => {
        if (dragged.current !== undefined) {
          dragged.current = momentOf(event);
          onDrag(dragged.current);
        }
      }}
      onPointerUp={() => {
        if (dragged.current !== undefined) {
          onCommit(dragged.current);
          dragged.current = undefined;
        }
      }}
    />
  );
}
