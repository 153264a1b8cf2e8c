import type { FigureComparison } from '@orrery/backstage-plugin-delivery-common';
import { type Format } from '@orrery/backstage-plugin-orrery-react';

type Figure = FigureComparison['figure'];

const UNKNOWN = '–';
/** Rates differ by the weights, which is no finding; restarts are too few for percent. */
const HAS_NO_DIFFERENCE: Figure[] = ['requestsPerSecond', 'restarts'];
const MEBIBYTE = 1024 * 1024;

/** Writes the figures of two versions, and how they differ, with their units. */
export function createFigureFormat(format: Format) {
  const signed = (value: number, digits: number) =>
    `${value > 0 ? '+' : ''}${value.toFixed(digits).replace('-', '−')}`;
  return {
    value(figure: Figure, value: number | undefined): string {
      if (value === undefined) {
        return UNKNOWN;
      }
      switch (figure) {
        case 'requestsPerSecond':
          return format.rate(value);
        case 'errorShare':
          return format.percent(value);
        case 'cpuCoresPerPod':
          return `${value.toFixed(2)}`;
        case 'memoryBytesPerPod':
          return `${format.number(Math.round(value / MEBIBYTE))} MiB`;
        case 'restarts':
          return format.number(value);
        default:
          return format.milliseconds(value);
      }
    },
    /** Percentage points for shares, percent of stable otherwise. */
    difference(figure: Figure, difference: number | undefined): string {
      if (difference === undefined || HAS_NO_DIFFERENCE.includes(figure)) {
        return UNKNOWN;
      }
      return figure === 'errorShare'
        ? `${signed(difference, 2)} pt`
        : `${signed(difference, 0)} %`;
    },
    pValue(value: number): string {
      return value < 0.001 ? 'p < 0.001' : `p = ${value.toFixed(3)}`;
    },
  };
}
