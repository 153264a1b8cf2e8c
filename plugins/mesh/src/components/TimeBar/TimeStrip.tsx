import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Timeline } from '@orrery/backstage-plugin-mesh-common';
import type { TimeMark } from '@orrery/backstage-plugin-orrery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import type { Moments } from '../../hooks/useMoments';
import {
  momentAt,
  positionOf,
  ticksOf,
  type TimeSpan,
} from '../../model/timeScale';
import { meshTranslationRef } from '../../translation';
import { MarkFlags } from './MarkFlags';
import styles from './TimeBar.module.css';
import { TimeHandle } from './TimeHandle';
import { TrafficStrip } from './TrafficStrip';

const MILLISECONDS_PER_DAY = 86_400_000;

/** Words at the very ends would be cut off. */
function isWritable(position: number): boolean {
  return position > 0.03 && position < 0.97;
}

/** Time from left to right: traffic, marks, the moment in view and the one compared with. */
export function TimeStrip(props: {
  span: TimeSpan;
  stepMilliseconds: number;
  timeline: Timeline | undefined;
  marks: readonly TimeMark[];
  moments: Moments;
}) {
  const { span, stepMilliseconds, timeline, marks, moments } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const [dragged, setDragged] = useState<{
    moment?: number;
    compare?: number;
  }>({});
  const moment =
    dragged.moment ?? moments.momentMilliseconds ?? span.toMilliseconds;
  const compare = dragged.compare ?? moments.compareMilliseconds;
  const isLong =
    span.toMilliseconds - span.fromMilliseconds > MILLISECONDS_PER_DAY;
  const now = span.toMilliseconds;
  const commitMoment = (milliseconds: number) => {
    setDragged({});
    // The right end is now, and follows it.
    moments.setMoment(
      milliseconds > now - stepMilliseconds ? undefined : milliseconds,
    );
  };
  return (
    <div className={styles.strip}>
      {/* The strip itself is for the pointer; the handles are for everyone. */}
      <div
        className={styles.area}
        role="presentation"
        onClick={event => {
          const { left, width } = event.currentTarget.getBoundingClientRect();
          commitMoment(
            momentAt(span, (event.clientX - left) / width, stepMilliseconds),
          );
        }}
      >
        {timeline && <TrafficStrip timeline={timeline} />}
        {compare !== undefined && (
          <div
            className={styles.between}
            style={{
              left: `${
                100 *
                Math.min(positionOf(span, compare), positionOf(span, moment))
              }%`,
              width: `${
                100 *
                Math.abs(positionOf(span, compare) - positionOf(span, moment))
              }%`,
            }}
          />
        )}
      </div>
      <MarkFlags span={span} marks={marks} onMoment={moments.setMoment} />
      {compare !== undefined && (
        <TimeHandle
          span={span}
          milliseconds={compare}
          stepMilliseconds={stepMilliseconds}
          label={t('time.compareHandle')}
          text={format.instant(compare)}
          tone="compare"
          onDrag={milliseconds => setDragged({ compare: milliseconds })}
          onCommit={milliseconds => {
            setDragged({});
            moments.setCompare(milliseconds);
          }}
        />
      )}
      <TimeHandle
        span={span}
        milliseconds={moment}
        stepMilliseconds={stepMilliseconds}
        label={t('time.momentHandle')}
        text={
          moments.momentMilliseconds === undefined &&
          dragged.moment === undefined
            ? t('time.now')
            : format.instant(moment)
        }
        tone="moment"
        onDrag={milliseconds => setDragged({ moment: milliseconds })}
        onCommit={commitMoment}
      />
      <div className={styles.axis} aria-hidden="true">
        {ticksOf(span, new Date(now).getTimezoneOffset())
          .filter(tick => isWritable(positionOf(span, tick)))
          .map(tick => (
            <span
              key={tick}
              style={{ left: `${positionOf(span, tick) * 100}%` }}
            >
              {isLong ? format.day(tick) : format.time(tick)}
            </span>
          ))}
      </div>
    </div>
  );
}
