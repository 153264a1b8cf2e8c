import { parseDate } from '../../elasticsearch';
import { rangeSeries } from '../../prometheus/range-series';
import { asNumber, asRecord, asRecords, asString } from '../../simulator/read';
import { interpolate } from '../interpolate';
import { DATASOURCE } from '../model';
import { stepFor, type PanelSource } from '../panelData';

function frame(
  refId: string,
  { labels, times, values }: Awaited<ReturnType<typeof rangeSeries>>[number],
) {
  return {
    schema: {
      refId,
      meta: { type: 'timeseries-multi', typeVersion: [0, 1] },
      fields: [
        { name: 'Time', type: 'time', typeInfo: { frame: 'time.Time' } },
        {
          name: 'Value',
          type: 'number',
          typeInfo: { frame: 'float64' },
          labels,
        },
      ],
    },
    data: { values: [times, values] },
  };
}

/** The answer to `/api/ds/query`: frames for each query, or what is wrong with it. */
export async function dataQuery(
  { prometheus, clock, scrapeMs }: PanelSource,
  body: unknown,
): Promise<{ status: number; body: unknown }> {
  const spec = asRecord(body);
  const queries = asRecords(spec.queries);
  if (queries.length === 0) {
    return { status: 400, body: { message: 'no queries found' } };
  }
  const now = clock.now();
  const to = parseDate(String(spec.to ?? 'now'), now) ?? now;
  const from = parseDate(String(spec.from ?? 'now-1h'), now) ?? to - 3_600_000;
  const results: Record<string, unknown> = {};
  let failed = false;
  for (const query of queries) {
    const refId = asString(query.refId) ?? 'A';
    const uid =
      asString(asRecord(query.datasource).uid) ?? asString(query.datasource);
    if (uid !== undefined && uid !== DATASOURCE.uid) {
      return { status: 404, body: { message: 'Data source not found' } };
    }
    const stepMs = Math.max(
      asNumber(query.intervalMs) ?? 0,
      stepFor(to - from, scrapeMs),
    );
    const expression = interpolate(asString(query.expr) ?? '', new Map(), {
      stepMs,
      rangeMs: to - from,
      scrapeMs,
    });
    try {
      const series = await rangeSeries(prometheus.engine, expression, {
        startMs: from,
        endMs: to,
        stepMs,
      });
      results[refId] = {
        status: 200,
        frames: series.map(each => frame(refId, each)),
      };
    } catch (error) {
      failed = true;
      const message = error instanceof Error ? error.message : String(error);
      results[refId] = { status: 400, error: message, frames: [] };
    }
  }
  return { status: failed ? 400 : 200, body: { results } };
}
