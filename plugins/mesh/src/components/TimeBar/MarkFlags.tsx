import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TimeMark } from '@orrery/backstage-plugin-orrery-common';
import {
  TIME_MARK_GLYPHS,
  useFormat,
} from '@orrery/backstage-plugin-orrery-react';
import { positionOf, type TimeSpan } from '../../model/timeScale';
import { meshTranslationRef } from '../../translation';
import styles from './TimeBar.module.css';

/** Marks nearer than this share of the strip are one flag. */
const APART = 0.012;

type Flag = { position: number; marks: TimeMark[] };

function flagsOf(span: TimeSpan, marks: readonly TimeMark[]): Flag[] {
  const flags: Flag[] = [];
  for (const mark of marks) {
    const position = positionOf(span, mark.atMilliseconds);
    const last = flags.at(-1);
    if (last && position - last.position < APART) {
      last.marks.push(mark);
    } else {
      flags.push({ position, marks: [mark] });
    }
  }
  return flags;
}

/** Thin flags where something happened; a flag leads to the moment. */
export function MarkFlags(props: {
  span: TimeSpan;
  marks: readonly TimeMark[];
  onMoment: (milliseconds: number) => void;
}) {
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  return (
    <>
      {flagsOf(props.span, props.marks).map(({ position, marks }) => {
        const [first] = marks;
        const text = marks
          .map(mark =>
            [format.time(mark.atMilliseconds), mark.title, mark.detail]
              .filter(Boolean)
              .join(' · '),
          )
          .join('\n');
        return (
          <button
            key={first.id}
            type="button"
            className={styles.flag}
            data-bad={marks.some(({ isBad }) => isBad) || undefined}
            style={{ left: `${position * 100}%` }}
            title={text}
            // Who asks for a flag by voice says what is written on it.
            aria-label={t('time.mark', {
              text: marks.length > 1 ? `${marks.length} · ${text}` : text,
            })}
            onClick={() => props.onMoment(first.atMilliseconds)}
          >
            {marks.length > 1 ? marks.length : TIME_MARK_GLYPHS[first.kind]}
          </button>
        );
      })}
    </>
  );
}
