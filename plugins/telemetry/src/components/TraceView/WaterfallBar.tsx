import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import type { WaterfallRow } from '@orrery/backstage-plugin-telemetry-common';
import styles from './TraceView.module.css';

/** When a span was, within its trace: the whole call, the callee's part of it, and what the trace waited for. */
export function WaterfallBar(props: { row: WaterfallRow; total: number }) {
  const { row, total } = props;
  const format = useFormat();
  const { offsetMilliseconds: offset, durationMilliseconds: duration } = row;
  const percent = (milliseconds: number) =>
    `${total > 0 ? (milliseconds / total) * 100 : 0}%`;
  if (offset === undefined || duration === undefined) {
    return (
      <div role="gridcell" className={styles.lane}>
        {format.milliseconds(undefined)}
      </div>
    );
  }
  const end = offset + duration;
  const share = (milliseconds: number) =>
    total > 0 ? milliseconds / total : 0;
  const place = placeOf(share(offset), share(end));
  return (
    <div role="gridcell" className={styles.lane}>
      <div
        className={styles.bar}
        data-whole={row.served ? undefined : ''}
        style={{ left: percent(offset), width: percent(duration) }}
      />
      {row.served && (
        <div
          className={styles.served}
          style={{
            left: percent(row.served.offsetMilliseconds),
            width: percent(row.served.durationMilliseconds),
          }}
        />
      )}
      {row.critical.map(({ from, to }) => (
        <div
          key={from}
          className={styles.critical}
          style={{ left: percent(from), width: percent(to - from) }}
        />
      ))}
      <span
        className={styles.length}
        data-inside={place === 'inside' ? '' : undefined}
        style={
          {
            after: { left: percent(end) },
            before: { right: `calc(100% - ${percent(offset)})` },
            inside: { right: `calc(100% - ${percent(end)})` },
          }[place]
        }
      >
        {format.milliseconds(duration)}
      </span>
    </div>
  );
}

/** Room that a length in words takes of the lane. */
const ROOM = 0.15;

/** Where the length is written: beside the bar if there is room. */
function placeOf(from: number, to: number): 'after' | 'before' | 'inside' {
  if (to < 1 - ROOM) {
    return 'after';
  }
  return from > ROOM ? 'before' : 'inside';
}
