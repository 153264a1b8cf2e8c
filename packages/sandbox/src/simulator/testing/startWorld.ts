import { ManualClock } from '../../clock';
import { applyWorld } from '../../world/apply';
import { defaultWorld } from '../../world/default';
import type { World } from '../../world/types';
import { Effects } from '../flow/effects';
import { createSimulator } from '../create-simulator';
import { MapSink } from './mapSink';
import { MapStore } from './mapStore';
import { runPods } from './runPods';

/** The default world without its test environment, whose workloads have the names of production's. */
const production: World = {
  ...defaultWorld,
  apps: defaultWorld.apps.filter(app => !app.namespace.endsWith('-test')),
  entries: defaultWorld.entries.filter(
    ({ host }) => host !== 'test.kepler.example',
  ),
};

/**
 * A running simulator on a hand-driven clock, without servers. Single requests
 * cost most of its time; only tests of them have them told.
 */
export function startWorld(
  world: World = production,
  seed = 1,
  { tells = false } = {},
) {
  const clock = new ManualClock(Date.UTC(2026, 10, 23, 6));
  const store = new MapStore();
  const sink = new MapSink();
  applyWorld(world, store, clock.now());
  runPods(store);
  const effects = new Effects();
  const simulator = createSimulator({
    world,
    store,
    sink,
    clock,
    seed,
    effects,
    toldSeconds: 60,
    tells,
  });

  /** Lets time pass, a second at a time, and publishes. */
  async function run(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      clock.advance(1000);
      await simulator.tick();
    }
    await simulator.publish();
  }

  /** Counts of requests during some seconds, as differences of two readings. */
  async function increase(
    seconds: number,
    name: string,
    ...selections: Record<string, string>[]
  ): Promise<number[]> {
    await simulator.publish();
    const before = selections.map(labels => sink.total(name, labels));
    await run(seconds);
    return selections.map(
      (labels, index) => sink.total(name, labels) - before[index],
    );
  }

  return { effects, clock, store, sink, simulator, run, increase };
}

/** A running simulator that tells of single requests, as logs and traces need it. */
export const startTellingWorld = () =>
  startWorld(undefined, undefined, { tells: true });
