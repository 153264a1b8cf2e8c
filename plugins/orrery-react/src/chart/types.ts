import type { TimeMark } from '@orrery/backstage-plugin-orrery-common';
import type { ReactNode } from 'react';

/** One quantity over time. @public */
export type TimeSeries = {
  /** Unique within the chart, and the same while the series is the same. */
  id: string;
  /** What legend and table call it. */
  title: string;
  /** One value for each time; null is a gap: not known, which is not zero. */
  values: readonly (number | null)[];
  /**
   * The same quantity in the period before, one value for each time as if it
   * had happened then. Drawn dashed.
   */
  previous?: readonly (number | null)[];
  /** Any CSS colour, `var(--token)` included; see `CHART_COLOURS`. */
  colour: string;
  /** Colour below the line, when its area is to be filled. */
  fill?: string;
  /** Bars are for counts of intervals that begin at their times. `line` when absent. */
  shape?: 'line' | 'bars';
};

/** A value to compare with, drawn as a dashed level line. @public */
export type ChartThreshold = {
  value: number;
  /** What it means, such as `maximum 1 %`. */
  title: string;
  /** Any CSS colour; that of warnings when absent. */
  colour?: string;
};

/** A moment to mark, drawn as a thin flag with its kind's glyph. @public */
export type ChartMark = Pick<TimeMark, 'atMilliseconds' | 'kind' | 'title'> &
  Pick<Partial<TimeMark>, 'id' | 'isBad'>;

/** A stretch of time, in milliseconds since the Unix epoch. @public */
export type ChartRange = { fromMilliseconds: number; toMilliseconds: number };

/** @public */
export type TimeChartProps = {
  /** Names the chart, in its caption and for screen readers. */
  title: string;
  /** Whether only screen readers get the title, where a heading says it already. */
  isTitleHidden?: boolean;
  /** What follows the title, such as the unit or the window. */
  note?: ReactNode;
  /** Milliseconds since the Unix epoch, the earliest first. */
  timeMilliseconds: readonly number[];
  series: readonly TimeSeries[];
  /** Writes a value with its unit, for scale, legend and table. */
  write: (value: number) => string;
  /**
   * The least that the top of the scale may be while all values are zero, so
   * that a quiet chart does not end at a frightening value. 1 when absent.
   */
  floor?: number;
  /** What the x axis shows; from the first to the last time when absent. */
  range?: ChartRange;
  marks?: readonly ChartMark[];
  thresholds?: readonly ChartThreshold[];
  /** Whether values are drawn on top of each other; legend and table keep each one's own. */
  isStacked?: boolean;
  /** `reduced` is low and has no words at its flags. `normal` when absent. */
  size?: 'normal' | 'reduced';
  /**
   * Charts with the same key share one crosshair. All of a page do when
   * absent.
   */
  crosshairKey?: string;
  /**
   * Called with what was selected by dragging across the chart; there is no
   * dragging when absent. Offer the same by keyboard, as `ScopeBar` does.
   */
  onSelectRange?: (range: ChartRange) => void;
};
