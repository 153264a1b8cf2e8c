import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { PodLogLine } from '@orrery/backstage-plugin-delivery-common';
import { useEffect, useRef, useState } from 'react';
import { readLogText } from '../../model/readLogText';
import { deliveryTranslationRef } from '../../translation';
import styles from './PodLog.module.css';

/** Nearer to the end than this counts as being there, in pixels. */
const NEAR_END = 24;

/** @public */
export type PodLogLinesProps = {
  /** The oldest first. */
  lines: readonly PodLogLine[];
  label: string;
  emptyText: string;
};

/** Lines that keep their end in sight until the reader scrolls up. */
export function PodLogLines(props: PodLogLinesProps) {
  const { lines, label, emptyText } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const boxRef = useRef<HTMLDivElement>(null);
  const [isFollowing, setFollowing] = useState(true);
  /** What stood there when the reader scrolled up; it does not move. */
  const [held, setHeld] = useState<readonly PodLogLine[]>([]);
  const lastAt = lines.at(-1)?.at;
  useEffect(() => {
    const box = boxRef.current;
    if (box && isFollowing) {
      box.scrollTop = box.scrollHeight;
    }
  }, [isFollowing, lastAt, lines.length]);
  const look = () => {
    const box = boxRef.current;
    if (!box) {
      return;
    }
    const isAtEnd =
      box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    if (isFollowing && !isAtEnd) {
      setHeld(lines);
    }
    setFollowing(isAtEnd);
  };
  const heldEnd = held.at(-1)?.at ?? '';
  const newer = isFollowing
    ? 0
    : lines.filter(line => line.at > heldEnd).length;
  const shown = isFollowing ? lines : held;
  return (
    <div className={styles.frame}>
      <div
        ref={boxRef}
        className={styles.lines}
        role="log"
        aria-live="off"
        aria-label={label}
        tabIndex={0}
        onScroll={look}
      >
        {shown.length === 0 && <div className={styles.empty}>{emptyText}</div>}
        {shown.map((line, index) => (
          <div key={`${line.at} ${index}`} data-level={line.level}>
            <span className={styles.time} title={line.at}>
              {line.at.slice(11, 23).replace('Z', '')}
            </span>{' '}
            <span className={styles.level}>
              {line.level === 'unknown'
                ? ''
                : line.level.toLocaleUpperCase('en-US')}
            </span>{' '}
            <LineText text={line.text} />
          </div>
        ))}
      </div>
      {!isFollowing && (
        <div className={styles.resume}>
          <Button size="small" onPress={() => setFollowing(true)}>
            {t('pod.resume', { number: String(newer) })}
          </Button>
        </div>
      )}
    </div>
  );
}

/** What a line says, and after it what else a JSON line carries. */
function LineText(props: { text: string }) {
  const { message, fields } = readLogText(props.text);
  return (
    <span title={fields === '' ? undefined : props.text}>
      {message}
      {fields !== '' && <span className={styles.fields}>{`  ${fields}`}</span>}
    </span>
  );
}
