import type { Clock } from '../clock';
import type { PodLogSource } from '../kubernetes/log-source';
import type { PodHttp } from '../kubernetes/pod-http';
import type { ObjectStore } from '../kubernetes/store';
import type { SampleSink } from '../prometheus/storage';
import { applyPastChange } from '../world/apply';
import type { World } from '../world/types';
import { createDebugInterface } from './controlPlane/debug';
import { ConnectedProxies } from './controlPlane/proxies';
import { createExporters } from './exporters';
import type { Exporter } from './exporters/exporter';
import { UsageModel } from './exporters/usage';
import type { Recording } from './flow/context';
import type { Effects } from './flow/effects';
import { FlowEngine } from './flow/engine';
import { createLogSource } from './logs/source';
import { runAtOnce, runPaced, type WorkTime } from './pace';
import { PastTime } from './telemetry/pastTime';
import { CheckpointClock } from './telemetry/checkpoints';
import { FlowRegistry } from './telemetry/registry';
import { TraceBook } from './traces';
import { createTrafficShape, type TrafficShape } from './traffic/shape';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Ticks that a world needs to settle after a change of its configuration: its depth and some more. */
const SETTLING_TICKS = 30;
/** A machine that slept does not make up for it in one tick. */
const LONGEST_TICK_SECONDS = 30;

export interface SimulatorOptions {
  world: World;
  store: ObjectStore;
  sink: SampleSink;
  clock: Clock;
  seed: number;
  /** What incidents do; none in the beginning. */
  effects: Effects;
  /** How many times faster the traffic's day passes; default 1. */
  speed?: number;
  /** Whether body size histograms keep buckets and history is fine-grained; default true. */
  detailed?: boolean;
  /** Seconds before the start that single requests are told of; a quarter of an hour, in large worlds a minute. */
  toldSeconds?: number;
  /** Whether single requests are told of at all, for logs and traces; default true. */
  tells?: boolean;
}

/** The living part of the sandbox. */
export interface Simulator {
  readonly engine: FlowEngine;
  readonly usage: UsageModel;
  readonly past: PastTime;
  readonly logs: PodLogSource;
  /** The requests of the last while, of all clusters of the mesh. */
  readonly book: TraceBook;
  /** What istiod answers on its monitoring port. */
  readonly podHttp: PodHttp;
  /** Moves the world on to the present. */
  tick(): Promise<WorkTime>;
  /** Writes every metric's present value to the sink. */
  publish(): Promise<WorkTime>;
  /** Combinations of labels that the mesh's proxies report. */
  flows(): number;
  close(): void;
}

/** What of a simulator is there before time starts. */
interface Core {
  options: SimulatorOptions;
  registry: FlowRegistry;
  engine: FlowEngine;
}

function createCore(options: SimulatorOptions): Core {
  const { world, store, sink, seed, effects } = options;
  const detailed = options.detailed ?? true;
  const registry = new FlowRegistry(
    sink,
    seed,
    detailed,
    // A day at two minutes; in large worlds two hours at five, for the memory.
    detailed
      ? new CheckpointClock(2 * MINUTE, 720)
      : new CheckpointClock(5 * MINUTE, 24),
  );
  const engine = new FlowEngine(world, store, registry, effects);
  return { options, registry, engine };
}

/**
 * Computes the past from the settled worlds, before and after their past
 * change, so that counters have run for days when the process starts.
 */
function measurePast(
  cores: readonly Core[],
  now: number,
  shape: TrafficShape,
): PastTime {
  const run = (recording: Recording) => {
    for (const { engine } of cores) runAtOnce(engine.advance(1, 1, recording));
  };
  const settle = (epoch: number) => {
    for (let tick = 0; tick < SETTLING_TICKS; tick++) run({ kind: 'none' });
    run({ kind: 'measure', epoch });
  };
  const change = (when: 'before' | 'after') => {
    for (const { options } of cores) {
      applyPastChange(options.world, options.store, now, when);
    }
  };
  const starts = [now - 72 * HOUR];
  const changes = cores.flatMap(
    ({ options }) => options.world.pastChange ?? [],
  );
  if (changes.length > 0) {
    change('before');
    settle(0);
    change('after');
    const hoursAgo = Math.max(...changes.map(({ hoursAgo: hours }) => hours));
    starts.push(now - hoursAgo * HOUR);
  }
  settle(starts.length - 1);
  const past = new PastTime(shape, starts, now);
  for (const { registry } of cores) registry.prime(past);
  return past;
}

/** Starts the simulation of a world whose objects and pods are in the store. */
export function createSimulator(options: SimulatorOptions): Simulator {
  return createSimulators([options])[0];
}

/** Starts the simulation of one mesh of several clusters, each with a world of its own; their clocks are one. */
export function createSimulators(
  clusters: readonly SimulatorOptions[],
): Simulator[] {
  const cores = clusters.map(createCore);
  for (const { engine } of cores) {
    for (const other of cores) {
      if (other.engine !== engine) engine.link(other.engine);
    }
  }
  const [{ clock, speed }] = clusters;
  const started = clock.now();
  const shape = createTrafficShape(started, speed);
  const past = measurePast(cores, started, shape);
  const detailed = clusters.every(cluster => cluster.detailed ?? true);
  const book = new TraceBook({
    engines: cores
      .filter(({ options }) => options.tells ?? true)
      .map(({ engine }) => engine),
    shape,
    seed: clusters[0].seed,
    startedAt: started,
    density: detailed ? 0.6 : 0.15,
    backfillSeconds: clusters[0].toldSeconds ?? (detailed ? 15 * 60 : 60),
  });
  return cores.map((core, index) =>
    // One of them keeps the book that they share.
    startCore(core, past, shape, started, book, index === 0),
  );
}

function startCore(
  { options, registry, engine }: Core,
  past: PastTime,
  shape: TrafficShape,
  started: number,
  book: TraceBook,
  keepsBook: boolean,
): Simulator {
  const { world, store, sink, clock, seed, effects } = options;
  const usage = new UsageModel(engine, effects, seed);
  const proxies = new ConnectedProxies(engine.cluster);
  const exporters: readonly Exporter[] = createExporters({
    world,
    store,
    sink,
    engine,
    effects,
    usage,
    past,
    proxies,
    seed,
  });
  const logs = createLogSource({ engine, book, clock, seed });
  let last = started;

  function* publishAll(now: number): Generator<void> {
    yield* registry.publish(past, now);
    for (const exporter of exporters) yield* exporter.publish(now);
  }

  function* move(now: number, seconds: number): Generator<void> {
    const from = now - seconds * 1000;
    const factor = (shape.integral(now) - shape.integral(from)) / seconds;
    const middle = (from + now) / 2;
    yield* engine.advance(factor, seconds, {
      kind: 'count',
      seconds,
      now: middle,
      shape: shape.at(middle),
    });
    if (keepsBook) yield* book.advance(now);
  }

  return {
    engine,
    usage,
    past,
    logs,
    book,
    podHttp: createDebugInterface(engine.cluster, proxies, effects, world),
    tick: () => {
      const now = clock.now();
      const seconds = Math.min((now - last) / 1000, LONGEST_TICK_SECONDS);
      last = now;
      if (seconds <= 0) return Promise.resolve({ total: 0, longestSlice: 0 });
      return runPaced(move(now, seconds));
    },
    publish: () => runPaced(publishAll(clock.now())),
    flows: () => registry.size,
    close: () => {
      engine.cluster.close();
      exporters.forEach(exporter => exporter.close?.());
    },
  };
}
