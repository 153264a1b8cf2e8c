import {
  HISTORY_QUERIES,
  usageQueries,
  type Canary,
  type CanaryComparison,
  type CanaryHistory,
  type CanaryLogs,
  type CanarySide,
  type SideFigures,
} from '@orrery/backstage-plugin-delivery-common';
import { parseRef } from '@orrery/backstage-plugin-orrery-common';
import {
  RESOURCE_TYPES,
  type ClusterClient,
} from '@orrery/backstage-plugin-orrery-node';
import type { CanaryTelemetry } from '../telemetry/CanaryTelemetry';
import type { CanaryService } from './CanaryService';
import { compareFigures, figuresOf } from './compareFigures';
import { mergeLogs } from './mergeLogs';

const HISTORY_POINTS = 120;
const LOG_PODS = 5;

/** What the screen of one canary asks for beside the canary itself. */
export class CanaryDetails {
  readonly #service: CanaryService;
  readonly #telemetry: CanaryTelemetry;
  readonly #client: ClusterClient;
  readonly #now: () => Date;

  constructor(options: {
    service: CanaryService;
    telemetry: CanaryTelemetry;
    client: ClusterClient;
    now?: () => Date;
  }) {
    this.#service = options.service;
    this.#telemetry = options.telemetry;
    this.#client = options.client;
    this.#now = options.now ?? (() => new Date());
  }

  /** Stable against canary over the last `windowSeconds`. */
  async comparison(
    ref: string,
    windowSeconds: number,
  ): Promise<CanaryComparison> {
    const { canary } = await this.#service.find(ref);
    const { cluster, namespace } = parseRef(ref);
    const at = this.#now();
    const sides = sidesOf(canary);
    if (!sides) {
      return {
        at: at.toISOString(),
        windowSeconds,
        stable: {},
        canary: {},
        figures: [],
        sources: [],
        warnings: [
          {
            code: 'not-comparable',
            message:
              canary.canary?.telemetryReason ??
              'There is one version only: nothing to compare',
          },
        ],
      };
    }
    const [reading, stableUsage, canaryUsage] = await Promise.all([
      this.#telemetry.sides(
        cluster,
        { namespace, ...sides },
        windowSeconds,
        at,
      ),
      this.#usage(cluster, namespace, canary.stable, windowSeconds),
      this.#usage(cluster, namespace, canary.canary, windowSeconds),
    ]);
    const figures = {
      stable: { ...figuresOf(reading.stable, windowSeconds), ...stableUsage },
      canary: { ...figuresOf(reading.canary, windowSeconds), ...canaryUsage },
    };
    return {
      at: at.toISOString(),
      windowSeconds,
      ...figures,
      figures: compareFigures(figures, reading, canary),
      sources: [reading.source],
      warnings: [],
    };
  }

  /** Both versions over time, with gaps where nothing was reported. */
  async history(ref: string, from: Date, to: Date): Promise<CanaryHistory> {
    const { canary } = await this.#service.find(ref);
    const { cluster, namespace } = parseRef(ref);
    const stepSeconds = Math.max(
      5,
      Math.ceil((to.getTime() - from.getTime()) / 1000 / HISTORY_POINTS),
    );
    const base = {
      from: from.toISOString(),
      to: to.toISOString(),
      stepSeconds,
    };
    const client = this.#telemetry.clientOf(cluster);
    const name = `${cluster}/prometheus`;
    const sides = sidesOf(canary) ?? {
      stable: canary.stable.telemetry,
      canary: undefined,
    };
    if (!client || !sides.stable) {
      const reason = client
        ? canary.stable.telemetryReason
        : `No Prometheus is configured for cluster ${cluster}`;
      return {
        ...base,
        series: [],
        sources: [{ name, state: 'absent', reason }],
        warnings: [],
      };
    }
    const window = Math.max(60, stepSeconds);
    const ask = async (query: string | undefined) => {
      if (query === undefined) {
        return [];
      }
      const series = await client.queryRange(query, {
        fromMilliseconds: from.getTime(),
        toMilliseconds: to.getTime(),
        stepSeconds,
      });
      return (series[0]?.points ?? []).map(({ timeMilliseconds, value }) => ({
        at: timeMilliseconds,
        ...(Number.isFinite(value) && { value }),
      }));
    };
    const failures = new Set<string>();
    const { stable, canary: other } = sides;
    const series = await Promise.all(
      (Object.keys(HISTORY_QUERIES) as (keyof typeof HISTORY_QUERIES)[]).map(
        async figure => {
          const query = {
            stable: HISTORY_QUERIES[figure](namespace, stable, window),
            canary: other
              ? HISTORY_QUERIES[figure](namespace, other, window)
              : '',
          };
          const [left, right] = await Promise.all(
            [query.stable, query.canary || undefined].map(expression =>
              ask(expression).catch((error: Error) => {
                failures.add(error.message);
                return [];
              }),
            ),
          );
          return { figure, query, stable: left, canary: right };
        },
      ),
    );
    return {
      ...base,
      series,
      sources: [
        failures.size === 0
          ? { name, state: 'ok', asOf: to.toISOString() }
          : { name, state: 'failed', reason: [...failures].join('. ') },
      ],
      warnings: [],
    };
  }

  /** The last lines of one side's pods, merged by time. */
  async logs(
    ref: string,
    side: 'stable' | 'canary',
    tailLines: number,
  ): Promise<CanaryLogs> {
    const { canary } = await this.#service.find(ref);
    const { cluster, namespace } = parseRef(ref);
    const wanted = side === 'canary' ? canary.canary : canary.stable;
    const name = `${cluster}/logs`;
    if (!wanted) {
      return { side, lines: [], sources: [], warnings: [] };
    }
    const { pods, containers } = await this.#podsOf(cluster, namespace, wanted);
    const reasons = new Set<string>();
    const parts = await Promise.all(
      pods.slice(0, LOG_PODS).map(async pod => {
        const lines: string[] = [];
        try {
          const log = this.#client.podLog(
            cluster,
            { namespace, name: pod },
            { tailLines, container: containers.get(pod) },
          );
          for await (const line of log) {
            lines.push(line);
          }
        } catch (error) {
          reasons.add(error instanceof Error ? error.message : String(error));
        }
        return { pod, lines };
      }),
    );
    return {
      side,
      lines: mergeLogs(parts, tailLines),
      sources: [
        reasons.size === 0
          ? { name, state: 'ok', asOf: this.#now().toISOString() }
          : { name, state: 'failed', reason: [...reasons].join('. ') },
      ],
      warnings:
        pods.length > LOG_PODS
          ? [
              {
                code: 'some-pods',
                message: `Lines of ${LOG_PODS} of ${pods.length} pods`,
              },
            ]
          : [],
    };
  }

  async #usage(
    cluster: string,
    namespace: string,
    side: CanarySide | undefined,
    windowSeconds: number,
  ): Promise<
    Pick<SideFigures, 'cpuCoresPerPod' | 'memoryBytesPerPod' | 'restarts'>
  > {
    const client = this.#telemetry.clientOf(cluster);
    if (!client || !side) {
      return {};
    }
    try {
      const { pods } = await this.#podsOf(cluster, namespace, side);
      if (pods.length === 0) {
        return {};
      }
      const { answers } = await client.queryAll(
        usageQueries(namespace, pods, windowSeconds),
        { timeMilliseconds: this.#now().getTime() },
      );
      const values = (name: 'cpu' | 'memory' | 'restarts') =>
        (answers[name] ?? []).map(({ value }) => value);
      const sum = (list: number[]) =>
        list.reduce((total, one) => total + one, 0);
      const mean = (list: number[]) =>
        list.length === 0 ? undefined : sum(list) / list.length;
      return {
        cpuCoresPerPod: mean(values('cpu')),
        memoryBytesPerPod: mean(values('memory')),
        restarts:
          values('restarts').length === 0
            ? undefined
            : Math.round(sum(values('restarts'))),
      };
    } catch {
      // Pods cannot be listed: usage is not known, requests still are.
      return {};
    }
  }

  async #podsOf(cluster: string, namespace: string, side: CanarySide) {
    const labelSelector = Object.entries(side.podSelector)
      .map(([name, value]) => `${name}=${value}`)
      .join(',');
    const { items } = await this.#client.list(cluster, RESOURCE_TYPES.pods, {
      namespace,
      labelSelector,
    });
    return {
      pods: items.map(({ metadata }) => metadata.name),
      containers: new Map(
        items.map(({ metadata, spec }) => {
          const containers: unknown =
            typeof spec === 'object' && spec !== null
              ? Reflect.get(spec, 'containers')
              : undefined;
          const first: unknown = Array.isArray(containers)
            ? containers.find(({ name }) => name !== 'istio-proxy')
            : undefined;
          const name: unknown =
            typeof first === 'object' && first !== null
              ? Reflect.get(first, 'name')
              : undefined;
          return [
            metadata.name,
            typeof name === 'string' ? name : undefined,
          ] as const;
        }),
      ),
    };
  }
}

function sidesOf({ stable, canary }: Canary) {
  return stable.telemetry && canary?.telemetry
    ? { stable: stable.telemetry, canary: canary.telemetry }
    : undefined;
}
