import type { ObjectStore } from '../../kubernetes/store';
import type { SampleSink } from '../../prometheus/storage';
import type { World } from '../../world/types';
import type { ConnectedProxies } from '../controlPlane/proxies';
import type { Effects } from '../flow/effects';
import type { FlowEngine } from '../flow/engine';
import type { UsageModel } from './usage';
import type { PastTime } from '../telemetry/pastTime';

/** What exporters read and where they write. */
export interface ExporterContext {
  world: World;
  store: ObjectStore;
  sink: SampleSink;
  engine: FlowEngine;
  effects: Effects;
  usage: UsageModel;
  past: PastTime;
  proxies: ConnectedProxies;
  seed: number;
}

/** A component that exposes metrics of its own, read at every scrape. */
export interface Exporter {
  /** Hands present values to the sink, pausing now and then. */
  publish(nowMilliseconds: number): Generator<void>;
  close?(): void;
}
