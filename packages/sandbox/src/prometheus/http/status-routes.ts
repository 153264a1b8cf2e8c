import type { ServerResponse } from 'node:http';
import { stringify } from 'yaml';
import { formatDuration } from '../promql/literals';
import { ApiError } from './api-error';
import type { FacadeParts } from './facade-parts';
import { respondData } from './respond';

/** The release whose HTTP API and PromQL this server answers as. */
const RELEASE = '3.5.0';

function buildInfo() {
  return {
    version: RELEASE,
    revision: 'sandbox',
    branch: 'sandbox',
    buildUser: 'orrery',
    buildDate: '',
    goVersion: '',
  };
}

function configuration({ storage, externalLabels }: FacadeParts) {
  return {
    yaml: stringify({
      global: {
        scrape_interval: formatDuration(storage.options.scrapeIntervalMs),
        evaluation_interval: formatDuration(storage.options.scrapeIntervalMs),
        external_labels: externalLabels,
      },
    }),
  };
}

function flags({ storage, engine }: FacadeParts) {
  return {
    'query.lookback-delta': formatDuration(engine.options.lookbackMs),
    'query.timeout': formatDuration(engine.options.timeoutMs),
    'storage.tsdb.retention.time': formatDuration(storage.options.historyMs),
  };
}

function runtimeInfo({ storage, startMs }: FacadeParts) {
  return {
    startTime: new Date(startMs).toISOString(),
    CWD: '/',
    reloadConfigSuccess: true,
    lastConfigTime: new Date(startMs).toISOString(),
    corruptionCount: 0,
    goroutineCount: 1,
    GOMAXPROCS: 1,
    GOMEMLIMIT: 0,
    GOGC: '',
    GODEBUG: '',
    storageRetention: formatDuration(storage.options.historyMs),
  };
}

function top(counts: ReadonlyMap<string, number>, limit: number) {
  return [...counts]
    .sort((left, right) => right[1] - left[1])
    .slice(0, limit)
    .map(([name, value]) => ({ name, value }));
}

function tsdb({ storage }: FacadeParts, limit: number) {
  const { groups, families, ring } = storage;
  const byMetric = new Map<string, number>();
  for (const { name, family, role } of families.seriesNames()) {
    const each = role === 'bucket' ? family.boundTexts.length : 1;
    byMetric.set(name, family.groups.length * each);
  }
  const byPair = new Map<string, number>();
  const valuesByLabel = new Map<string, number>();
  let pairs = 0;
  for (const pair of groups.livePairs()) {
    const name = groups.interner.nameOf(pair);
    const value = groups.interner.valueOf(pair);
    byPair.set(`${name}=${value}`, groups.posting(pair)?.length ?? 0);
    valuesByLabel.set(name, (valuesByLabel.get(name) ?? 0) + 1);
    pairs += 1;
  }
  return {
    headStats: {
      numSeries: storage.seriesCount,
      numLabelPairs: pairs,
      chunkCount: ring.next - ring.oldest,
      minTime: ring.next > 0 ? ring.timestampOf(ring.oldest) : 0,
      maxTime: ring.next > 0 ? ring.timestampOf(ring.next - 1) : 0,
    },
    seriesCountByMetricName: top(byMetric, limit),
    labelValueCountByLabelName: top(valuesByLabel, limit),
    memoryInBytesByLabelName: [],
    seriesCountByLabelValuePair: top(byPair, limit),
  };
}

/** GET /api/v1/status/{page} */
export function respondStatus(
  parts: FacadeParts,
  page: string,
  limit: number,
  response: ServerResponse,
): void {
  switch (page) {
    case 'buildinfo':
      respondData(response, buildInfo());
      return;
    case 'config':
      respondData(response, configuration(parts));
      return;
    case 'flags':
      respondData(response, flags(parts));
      return;
    case 'runtimeinfo':
      respondData(response, runtimeInfo(parts));
      return;
    case 'tsdb':
      respondData(response, tsdb(parts, limit || 10));
      return;
    default:
      throw new ApiError('not_found', `status page ${page} was not found`);
  }
}
