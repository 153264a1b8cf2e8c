/** Ids of a trace as a line tells them. @public */
export type TraceIds = {
  traceId?: string;
  spanId?: string;
  isSampled?: boolean;
};

const PARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const B3 =
  /^([0-9a-f]{16}|[0-9a-f]{32})-([0-9a-f]{16})(?:-([01d]))?(?:-[0-9a-f]{16})?$/;

function id(text: string | undefined, lengths: readonly number[]) {
  const lower = text?.trim().toLowerCase();
  return lower !== undefined &&
    lengths.includes(lower.length) &&
    /^[0-9a-f]+$/.test(lower) &&
    !/^0+$/.test(lower)
    ? lower
    : undefined;
}

function flag(text: string | undefined): boolean | undefined {
  const lower = text?.trim().toLowerCase();
  if (lower === undefined || lower === '') {
    return undefined;
  }
  if (['true', '1', '01', 'd'].includes(lower)) {
    return true;
  }
  return ['false', '0', '00'].includes(lower) ? false : undefined;
}

/**
 * Reads ids of W3C (https://www.w3.org/TR/trace-context/) and B3
 * (https://github.com/openzipkin/b3-propagation): each by itself, or all in
 * one `traceparent` or `b3` text. What has another form is left out.
 *
 * @public
 */
export function readTrace(told: {
  traceId?: string;
  spanId?: string;
  sampled?: string;
}): TraceIds {
  const text = told.traceId?.trim().toLowerCase() ?? '';
  const parent = PARENT.exec(text);
  const b3 = B3.exec(text);
  const whole = parent ?? b3;
  const traceId = id(whole?.[1] ?? told.traceId, [16, 32]);
  const spanId = id(whole?.[2] ?? told.spanId, [16]);
  const bits = parent
    ? String(Number.parseInt(parent[3], 16) % 2)
    : b3?.[3] ?? told.sampled;
  const isSampled = flag(bits);
  return {
    ...(traceId && { traceId }),
    ...(spanId && { spanId }),
    ...(isSampled !== undefined && { isSampled }),
  };
}
