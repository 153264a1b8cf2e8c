import { NotFoundError } from '@backstage/errors';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  parseRef,
  resolveTimeRange,
  InvalidValueError,
  type SourceStatus,
  type TimeRange,
} from '@orrery/backstage-plugin-orrery-common';
import {
  chartDefinitions,
  chartGrid,
  chartOf,
  previousGrid,
  type Chart,
  type ChartDefinition,
  type ChartGrid,
  type ChartGroup,
  type ChartsResponse,
  type ChartSubject,
} from '@orrery/backstage-plugin-telemetry-common';
import { reasonOf } from '../sources/UpstreamError';
import type { MetricHistory } from './MetricHistory';
import type { PodNames } from './PodNames';

/** What is wanted of a service's charts. */
export type ChartsQuery = TimeRange & {
  /** `cluster/namespace/service/app`. */
  ref: string;
  compare: boolean;
  groups: readonly ChartGroup[];
};

/** Charts of services, or a decorator around them. */
export interface ChartsService {
  charts(
    query: ChartsQuery,
    credentials: BackstageCredentials,
  ): Promise<ChartsResponse>;
}

/** A service by its ref. */
export function serviceOfRef(text: string): {
  cluster: string;
  namespace: string;
  app: string;
} {
  const ref = parseRef(text);
  if (ref.type !== 'service') {
    throw new InvalidValueError('ref', 'cluster/namespace/service/name', text);
  }
  const { cluster, namespace, name } = ref;
  return { cluster, namespace, app: name };
}

const DAY = 86_400_000;

/** Reads charts from what holds the history of the range. */
export class DefaultChartsService implements ChartsService {
  readonly #histories: ReadonlyMap<string, readonly MetricHistory[]>;
  readonly #pods: PodNames;
  readonly #now: () => number;

  /** @param options - `histories` by cluster, the shortest first */
  constructor(options: {
    histories: ReadonlyMap<string, readonly MetricHistory[]>;
    pods: PodNames;
    now?: () => number;
  }) {
    this.#histories = options.histories;
    this.#pods = options.pods;
    this.#now = options.now ?? (() => Date.now());
  }

  charts: ChartsService['charts'] = async query => {
    const { cluster, namespace, app } = serviceOfRef(query.ref);
    const grid = chartGrid(resolveTimeRange(query, this.#now()));
    const before = query.compare ? previousGrid(grid) : undefined;
    const from = before?.fromMilliseconds ?? grid.fromMilliseconds;
    const history = this.#historyOf(cluster, from);
    const { podPattern, source: kubernetes } = await this.#pods.of(
      cluster,
      namespace,
      app,
    );
    const subject = { namespace, app, podPattern };
    const failures = new Set<string>();
    const charts = await Promise.all(
      chartDefinitions(subject, grid.stepSeconds, query.groups).map(
        definition =>
          readChart({ history, definition, subject, grid, before }, failures),
      ),
    );
    const oldest = this.#now() - history.retentionDays * DAY;
    const source: SourceStatus =
      failures.size > 0
        ? { name: history.name, state: 'failed', reason: [...failures][0] }
        : {
            name: history.name,
            state: 'ok',
            asOf: new Date(grid.toMilliseconds).toISOString(),
          };
    return {
      fromMilliseconds: grid.fromMilliseconds,
      toMilliseconds: grid.toMilliseconds,
      stepSeconds: grid.stepSeconds,
      ...(before && { previousFromMilliseconds: before.fromMilliseconds }),
      storage: history.name,
      charts,
      provenance: {
        sources: [source, ...(kubernetes.state === 'ok' ? [] : [kubernetes])],
        warnings:
          from < oldest
            ? [
                {
                  code: 'before-retention',
                  message: `${history.name} keeps ${
                    history.retentionDays
                  } days: nothing is known before ${new Date(
                    oldest,
                  ).toISOString()}`,
                },
              ]
            : [],
      },
    };
  };

  /** The first that reaches back far enough, otherwise the one that reaches furthest. */
  #historyOf(cluster: string, fromMilliseconds: number): MetricHistory {
    const histories = this.#histories.get(cluster) ?? [];
    const now = this.#now();
    const found =
      histories.find(
        ({ retentionDays }) => fromMilliseconds >= now - retentionDays * DAY,
      ) ??
      [...histories].sort(
        (left, right) => right.retentionDays - left.retentionDays,
      )[0];
    if (!found) {
      throw new NotFoundError(
        `cluster: expected one with metrics (orrery.clusters[].prometheus), got ${cluster}`,
      );
    }
    return found;
  }
}

/** One chart; when its store fails or cannot tell, a chart that says so. */
async function readChart(
  question: {
    history: MetricHistory;
    definition: ChartDefinition;
    subject: ChartSubject;
    grid: ChartGrid;
    before: ChartGrid | undefined;
  },
  failures: Set<string>,
): Promise<Chart> {
  const { history, definition, subject, grid, before } = question;
  const promql = history.explain(definition, subject, grid);
  const empty = (emptyReason: string): Chart => ({
    ...chartOf(definition, []),
    promql,
    emptyReason,
  });
  try {
    const [now, then] = await Promise.all([
      history.read(definition, subject, grid),
      before && history.read(definition, subject, before),
    ]);
    if (!now) {
      return empty(`${history.name} does not hold what this chart needs`);
    }
    const chart = chartOf(
      definition,
      definition.parts.map((part, index) => ({
        part,
        series: now[index] ?? [],
        ...(then && { previous: then[index] ?? [] }),
      })),
      before ? grid.fromMilliseconds - before.fromMilliseconds : 0,
    );
    return { ...chart, promql };
  } catch (error) {
    failures.add(reasonOf(error));
    return empty(`${history.name} gave no answer: ${reasonOf(error)}`);
  }
}
