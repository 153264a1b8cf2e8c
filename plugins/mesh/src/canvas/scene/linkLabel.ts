import type { Format } from '@orrery/backstage-plugin-orrery-react';
import type { Link } from './types';

/** What may be written beside lines. */
export const EDGE_LABELS = [
  'rate',
  'errors',
  'p50',
  'p95',
  'p99',
  'bytes',
  'mutualTls',
  'protocol',
  'share',
  'none',
] as const;

/** What is written beside lines. */
export type EdgeLabel = (typeof EDGE_LABELS)[number];

/** What is written beside a line; empty where there is nothing to say. */
export function linkLabel(link: Link, kind: EdgeLabel, format: Format): string {
  const { traffic } = link.view;
  const known = (
    value: number | undefined,
    write: (value: number) => string,
  ): string => (value === undefined ? '' : write(value));
  switch (kind) {
    case 'none':
      return '';
    case 'p50':
      return known(traffic.slowestP50Milliseconds, format.milliseconds);
    case 'p95':
      return known(traffic.slowestP95Milliseconds, format.milliseconds);
    case 'p99':
      return known(traffic.slowestP99Milliseconds, format.milliseconds);
    case 'bytes':
      return known(
        traffic.bytesPerSecond === undefined
          ? traffic.bodyBytesPerSecond
          : traffic.bytesPerSecond + (traffic.bodyBytesPerSecond ?? 0),
        format.bytesPerSecond,
      );
    case 'mutualTls':
      return known(traffic.leastMutualTlsShare, format.percent);
    case 'protocol':
      return traffic.protocols.join(', ');
    case 'share':
      return known(link.callerShare, format.percent);
    default:
      break;
  }
  if (traffic.requestsPerSecond === undefined) {
    return kind === 'rate'
      ? known(traffic.bytesPerSecond, format.bytesPerSecond)
      : '';
  }
  const errors = traffic.errorShare ? format.percent(traffic.errorShare) : '';
  return kind === 'errors'
    ? errors
    : [format.rate(traffic.requestsPerSecond), errors]
        .filter(Boolean)
        .join(' · ');
}
