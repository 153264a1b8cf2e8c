import type { Clock } from '../clock';
import type { ObjectStore } from '../kubernetes/store';
import type { SampleSink } from '../prometheus/storage';
import { applyPastChange } from '../world/apply';
import type { World } from '../world/types';
import { createExporters } from './exporters';
import type { Exporter } from './exporters/exporter';
import { Effects } from './flow/effects';
import { FlowEngine } from './flow/engine';
import { runAtOnce, runPaced } from './pace';
import type { PastTime } from './telemetry/history';
import { FlowRegistry } from './telemetry/registry';
import { createTrafficShape, type TrafficShape } from './traffic/shape';

const HOUR = 3_600_000;
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
  /** How many times faster the traffic's day passes; default 1. */
  speed?: number;
  /** Body size histograms keep buckets; default true. */
  detailed?: boolean;
}

/** The living part of the sandbox. */
export interface Simulator {
  readonly engine: FlowEngine;
  readonly effects: Effects;
  readonly past: PastTime;
  /** Moves the world on to the present; answers the milliseconds of work. */
  tick(): Promise<number>;
  /** Writes every metric's present value to the sink; answers the milliseconds of work. */
  publish(): Promise<number>;
  /** Combinations of labels that the mesh's proxies report. */
  flows(): number;
  close(): void;
}

/**
 * Computes the past from the settled world, before and after its past change,
 * so that counters have run for days when the process starts.
 */
function measurePast(
  engine: FlowEngine,
  registry: FlowRegistry,
  options: SimulatorOptions,
  shape: TrafficShape,
): PastTime {
  const { world, store, clock } = options;
  const now = clock.now();
  const run = (kind: 'none' | 'measure', epoch: number) =>
    runAtOnce(
      engine.advance(
        1,
        1,
        kind === 'none' ? { kind } : { kind: 'measure', epoch },
      ),
    );
  const settle = (epoch: number) => {
    for (let tick = 0; tick < SETTLING_TICKS; tick++) run('none', epoch);
    run('measure', epoch);
  };
  const origin = now - 72 * HOUR;
  const starts = [origin];
  const change = world.pastChange;
  if (change) {
    applyPastChange(world, store, now, 'before');
    settle(0);
    applyPastChange(world, store, now, 'after');
    starts.push(now - change.hoursAgo * HOUR);
  }
  settle(starts.length - 1);
  const past: PastTime = { shape, starts, end: now };
  registry.prime(past);
  return past;
}

/** Starts the simulation of a world whose objects and pods are in the store. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { world, store, sink, clock, seed } = options;
  const effects = new Effects();
  const registry = new FlowRegistry(sink, seed, options.detailed ?? true);
  const engine = new FlowEngine(world, store, registry, effects);
  const started = clock.now();
  const shape = createTrafficShape(started, options.speed);
  const past = measurePast(engine, registry, options, shape);
  const exporters: readonly Exporter[] = createExporters({
    world,
    store,
    sink,
    engine,
    effects,
    past,
    seed,
  });
  let last = started;

  function* publishAll(now: number): Generator<void> {
    yield* registry.publish(past);
    for (const exporter of exporters) yield* exporter.publish(now);
  }

  return {
    engine,
    effects,
    past,
    tick: () => {
      const now = clock.now();
      const seconds = Math.min((now - last) / 1000, LONGEST_TICK_SECONDS);
      const from = now - seconds * 1000;
      last = now;
      if (seconds <= 0) return Promise.resolve(0);
      const factor = (shape.integral(now) - shape.integral(from)) / seconds;
      const middle = (from + now) / 2;
      return runPaced(
        engine.advance(factor, seconds, {
          kind: 'count',
          seconds,
          now: middle,
          shape: shape.at(middle),
        }),
      );
    },
    publish: () => runPaced(publishAll(clock.now())),
    flows: () => registry.size,
    close: () => {
      engine.cluster.close();
      exporters.forEach(exporter => exporter.close?.());
    },
  };
}
