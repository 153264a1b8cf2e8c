import type { LogLine } from '@orrery/backstage-plugin-logs-common';
import { memo } from 'react';
import { writeTime } from '../../model/writeTime';
import { LineText } from './LineText';
import styles from './LogLines.module.css';

/** How rows are shown. */
export type RowLook = {
  columns: readonly string[];
  isWrapped: boolean;
  isUtc: boolean;
  /** Whether to name the pod: several are shown. */
  hasPods: boolean;
};

/** A value of a line by the name of its field. */
export function valueOf(line: LogLine, field: string): string {
  const value = line.fields[field];
  return Array.isArray(value) ? value.join(', ') : value ?? '';
}

/** The beginning of a line; one row must not be a megabyte. */
const MOST_IN_ROW = 2000;

/** The same in every language; rows are many, and ask no one for words. */
const NO_LEVEL = '–';

/** One line as a row. A press opens it. */
export const LogRow = memo(
  (props: {
    line: LogLine;
    look: RowLook;
    isOpen: boolean;
    onToggle: (id: string) => void;
  }) => {
    const { line, look, isOpen, onToggle } = props;
    const text =
      line.text.length > MOST_IN_ROW
        ? `${line.text.slice(0, MOST_IN_ROW)}…`
        : line.text;
    return (
      <button
        type="button"
        className={styles.row}
        data-level={line.level}
        data-wrap={look.isWrapped || undefined}
        aria-expanded={isOpen}
        onClick={() => onToggle(line.id)}
      >
        <span className={styles.time} title={line.at}>
          {writeTime(line.at, look.isUtc)}
        </span>
        <span className={styles.level}>
          {line.level === 'unknown' ? NO_LEVEL : line.level.toUpperCase()}
        </span>
        {look.hasPods && (
          <span className={styles.pod} title={`${line.pod} ${line.container}`}>
            {line.pod}
          </span>
        )}
        {look.columns.map(column => (
          <span key={column} className={styles.column} title={column}>
            {valueOf(line, column)}
          </span>
        ))}
        <span className={styles.text}>
          <LineText text={text} highlights={line.highlights} />
        </span>
      </button>
    );
  },
);
