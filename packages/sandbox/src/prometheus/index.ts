import type { Clock } from '../clock';
import type { Facade } from '../facade';
import type { Dialect } from './promql/dialect';
import { Engine } from './engine/engine';
import { PrometheusFacade } from './http/prometheus-facade';
import type { TargetInfo } from './http/target-routes';
import { MemoryQueryable } from './memory/memory-queryable';
import { MemoryStorage } from './memory/memory-storage';
import { RuleEvaluator } from './rules/rule-evaluator';
import type { ActiveAlert, RuleGroup } from './rules/rule-types';
import type { Labels, Queryable, SampleSink } from './storage';

export type {
  HistogramWriter,
  LabelMatcher,
  Labels,
  MetricType,
  PastFunction,
  Queryable,
  SampleSink,
  SeriesSamples,
  SeriesWriter,
} from './storage';

export type { TargetInfo } from './http/target-routes';
export type {
  ActiveAlert,
  AlertingRule,
  RecordingRule,
  RuleGroup,
} from './rules/rule-types';

/** Settings of the sandbox's Prometheus. All spans are milliseconds. */
export interface PrometheusOptions {
  clock: Clock;
  /** Distance between scrapes; default 5000. */
  scrapeIntervalMs?: number;
  /** Span of the ring of real samples; default 15 minutes. */
  retentionMs?: number;
  /** Age up to which `past` functions are asked; default one day. */
  historyMs?: number;
  /** Distance between the instants `past` functions are asked for; default 15 s, or the scrape interval where that is longer. */
  historyStepMs?: number;
  /** Release line whose answers are given where 2.x and 3.x differ; default 3. */
  dialect?: Dialect;
  /** Added to federated samples. */
  externalLabels?: Labels;
  /** What /api/v1/targets lists. */
  targets?: () => readonly TargetInfo[];
  /** Alerting and recording rules, asked for at each evaluation. */
  rules?: () => readonly RuleGroup[];
}

/** The sandbox's Prometheus: where samples go in, and where they come out. */
export interface Prometheus {
  sink: SampleSink;
  queryable: Queryable;
  engine: Engine;
  facade: Facade;
  /** Evaluates all rules once; the caller owns the timer. */
  evaluateRules(): Promise<void>;
  /** Alerts that are pending or firing. */
  alerts(): readonly ActiveAlert[];
  /** What storage holds now. */
  memory(): { series: number; sampleBytes: number; labelPairs: number };
}

/** Creates an empty Prometheus. The caller owns the scrape timer. */
export function createPrometheus(options: PrometheusOptions): Prometheus {
  const { clock } = options;
  const scrapeIntervalMs = options.scrapeIntervalMs ?? 5000;
  const storage = new MemoryStorage({
    clock,
    scrapeIntervalMs,
    retentionMs: options.retentionMs ?? 15 * 60_000,
    historyMs: options.historyMs ?? 24 * 3_600_000,
    historyStepMs: options.historyStepMs ?? Math.max(15_000, scrapeIntervalMs),
  });
  const engine = new Engine(storage, {
    dialect: options.dialect ?? 3,
    lookbackMs: 5 * 60_000,
    defaultStepMs: 60_000,
    timeoutMs: 2 * 60_000,
  });
  const rules = new RuleEvaluator(
    engine,
    storage,
    clock,
    options.rules ?? (() => []),
  );
  const facade = new PrometheusFacade({
    clock,
    storage,
    engine,
    rules,
    targets: options.targets ?? (() => []),
    externalLabels: options.externalLabels ?? {},
    startMs: clock.now(),
  });
  return {
    sink: storage,
    queryable: new MemoryQueryable(storage),
    engine,
    facade,
    evaluateRules: () => rules.evaluate(),
    alerts: () => rules.alerts(),
    memory: () => ({
      series: storage.seriesCount,
      sampleBytes: storage.ring.bytes,
      labelPairs: storage.groups.interner.size,
    }),
  };
}
