import type { ServerResponse } from 'node:http';
import type { Clock } from '../../clock';
import { labelsOfSeries } from '../memory/memory-queryable';
import type { MemoryStorage } from '../memory/memory-storage';
import { isLabelName } from '../promql/dialect';
import type { Labels } from '../storage';
import { ApiError, invalidParameter } from './api-error';
import { limitParameter, matchParameters, timeParameter } from './parameters';
import { respondData } from './respond';
import { type SeriesQuestion, walkSeries } from './walk-series';

function questionOf(
  parameters: URLSearchParams,
  clock: Clock,
  storage: MemoryStorage,
  required: boolean,
): SeriesQuestion {
  const now = clock.now();
  const fromMs = timeParameter(
    parameters,
    'start',
    now - storage.options.historyMs,
  );
  const toMs = timeParameter(parameters, 'end', now);
  if (toMs < fromMs) {
    throw invalidParameter(
      'end',
      'end timestamp must not be before start time',
    );
  }
  return { matcherSets: matchParameters(parameters, required), fromMs, toMs };
}

function respondLimited<T>(
  response: ServerResponse,
  list: readonly T[],
  limit: number,
): void {
  const cut = limit > 0 && list.length > limit;
  respondData(
    response,
    cut ? list.slice(0, limit) : list,
    cut ? ['results truncated due to limit'] : [],
  );
}

/** GET|POST /api/v1/series */
export async function listSeries(
  storage: MemoryStorage,
  clock: Clock,
  parameters: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  const limit = limitParameter(parameters);
  const question = questionOf(parameters, clock, storage, true);
  const found: Labels[] = [];
  await walkSeries(storage, question, (group, { series, slots }) => {
    for (const slot of slots) {
      found.push(labelsOfSeries(storage, group, series, slot));
    }
    return limit === 0 || found.length <= limit;
  });
  respondLimited(response, found, limit);
}

/** GET|POST /api/v1/labels */
export async function listLabelNames(
  storage: MemoryStorage,
  clock: Clock,
  parameters: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  const limit = limitParameter(parameters);
  const question = questionOf(parameters, clock, storage, false);
  const { groups } = storage;
  const names = new Set<string>();
  await walkSeries(storage, question, (group, { series }) => {
    names.add('__name__');
    if (series.role === 'bucket') names.add('le');
    for (let index = 0; index < group.labelCount; index++) {
      names.add(groups.interner.nameOf(groups.pairAt(group, index)));
    }
  });
  respondLimited(response, [...names].sort(), limit);
}

/** GET /api/v1/label/{name}/values */
export async function listLabelValues(
  storage: MemoryStorage,
  clock: Clock,
  name: string,
  parameters: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  if (!isLabelName(name, 3)) {
    throw new ApiError(
      'bad_data',
      `invalid label name: ${JSON.stringify(name)}`,
    );
  }
  const limit = limitParameter(parameters);
  const question = questionOf(parameters, clock, storage, false);
  const { groups } = storage;
  const values = new Set<string>();
  await walkSeries(storage, question, (group, { series, slots }) => {
    if (name === '__name__') values.add(series.name);
    if (name === 'le' && series.role === 'bucket') {
      slots.forEach(slot => values.add(series.family.boundTexts[slot]));
    }
    for (let index = 0; index < group.labelCount; index++) {
      const pair = groups.pairAt(group, index);
      if (groups.interner.nameOf(pair) === name) {
        values.add(groups.interner.valueOf(pair));
      }
    }
  });
  respondLimited(response, [...values].sort(), limit);
}
