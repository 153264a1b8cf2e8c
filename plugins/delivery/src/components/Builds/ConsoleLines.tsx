import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { consolePieces } from '../../model/console';
import { deliveryTranslationRef } from '../../translation';
import styles from './ConsoleLines.module.css';

const LINE_HEIGHT = 18;
const HEIGHT = 360;
/** Nearer to the end than this counts as being there, in pixels. */
const NEAR_END = 24;

/** @public */
export type ConsoleLinesProps = {
  /** The oldest first. */
  lines: readonly string[];
  /** Number of the first line. */
  first: number;
  label: string;
  emptyText: string;
};

/**
 * Lines of a console, only those in sight drawn. Their end is kept in sight
 * until the reader scrolls up.
 */
export function ConsoleLines(props: ConsoleLinesProps) {
  const { lines, first, label, emptyText } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const boxRef = useRef<HTMLDivElement>(null);
  const [isFollowing, setFollowing] = useState(true);
  const [seen, setSeen] = useState(0);
  const last = first + lines.length;
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => boxRef.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
    initialRect: { width: 800, height: HEIGHT },
  });
  useEffect(() => {
    const box = boxRef.current;
    if (box && isFollowing) {
      box.scrollTop = box.scrollHeight;
    }
  }, [isFollowing, last]);
  const look = () => {
    const box = boxRef.current;
    if (!box) {
      return;
    }
    const isAtEnd =
      box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    if (isFollowing && !isAtEnd) {
      setSeen(last);
    }
    setFollowing(isAtEnd);
  };
  return (
    <div className={styles.frame}>
      <div
        ref={boxRef}
        className={styles.lines}
        style={{ blockSize: HEIGHT }}
        role="log"
        aria-live="off"
        aria-label={label}
        tabIndex={lines.length > 0 ? 0 : -1}
        onScroll={look}
      >
        {lines.length === 0 && <div className={styles.empty}>{emptyText}</div>}
        <div
          className={styles.canvas}
          style={{ blockSize: virtualizer.getTotalSize() }}
        >
          <div
            style={{
              transform: `translateY(${
                virtualizer.getVirtualItems()[0]?.start ?? 0
              }px)`,
            }}
          >
            {virtualizer.getVirtualItems().map(({ index }) => (
              <div key={index} className={styles.line}>
                <span className={styles.number}>{first + index}</span>
                <Line text={lines[index]} />
              </div>
            ))}
          </div>
        </div>
      </div>
      {!isFollowing && (
        <div className={styles.resume}>
          <Button size="small" onPress={() => setFollowing(true)}>
            {t('pod.resume', { number: String(Math.max(0, last - seen)) })}
          </Button>
        </div>
      )}
    </div>
  );
}

function Line(props: { text: string }) {
  return (
    <span data-pipeline={props.text.startsWith('[Pipeline]')}>
      {consolePieces(props.text).map(({ text, colour, isBold }, index) => (
        <span key={index} data-colour={colour} data-bold={isBold}>
          {text}
        </span>
      ))}
    </span>
  );
}
