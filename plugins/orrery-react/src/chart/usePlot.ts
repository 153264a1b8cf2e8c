import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Format } from '../format';
import type { Plot } from './createPlot';
import { plotColumns } from './plotData';
import type { TimeChartProps } from './types';

/** What cannot change without another plot. */
function structureOf(props: TimeChartProps): string {
  return JSON.stringify([
    plotColumns(props).map(({ series, isPrevious }) => [
      series.id,
      series.colour,
      series.fill,
      series.shape,
      isPrevious,
    ]),
    props.size,
    props.crosshairKey,
    props.onSelectRange !== undefined,
  ]);
}

/**
 * Draws a chart into an element while it is shown.
 *
 * @returns the place of the time under the crosshair, and whether drawing is
 *   impossible here
 */
export function usePlot(
  hostRef: RefObject<HTMLElement>,
  props: TimeChartProps,
  format: Format,
  isShown: boolean,
): { pointedIndex: number | undefined; isImpossible: boolean } {
  const [pointedIndex, setPointedIndex] = useState<number>();
  const [isImpossible, setImpossible] = useState(false);
  const plotRef = useRef<Plot>();
  const latest = useRef(props);
  latest.current = props;
  const structure = structureOf(props);

  useEffect(() => {
    let isGone = false;
    const host = hostRef.current;
    if (!isShown || !host) {
      return undefined;
    }
    import('./createPlot')
      .then(({ createPlot }) => {
        if (!isGone) {
          plotRef.current = createPlot({
            host,
            format,
            current: () => latest.current,
            onPoint: setPointedIndex,
          });
        }
      })
      .catch(() => setImpossible(true));
    return () => {
      isGone = true;
      plotRef.current?.remove();
      plotRef.current = undefined;
      setPointedIndex(undefined);
    };
  }, [hostRef, format, isShown, structure]);

  const { timeMilliseconds, series, marks, thresholds, range, isStacked } =
    props;
  const { fromMilliseconds, toMilliseconds } = range ?? {};
  useEffect(() => {
    plotRef.current?.update();
  }, [
    timeMilliseconds,
    series,
    marks,
    thresholds,
    fromMilliseconds,
    toMilliseconds,
    isStacked,
  ]);
  return { pointedIndex, isImpossible };
}
