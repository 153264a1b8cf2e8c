import type { ObjectStore } from '../../kubernetes/store';
import type { SampleSink } from '../../prometheus/storage';
import type { World } from '../../world/types';
import type { Effects } from '../flow/effects';
import type { FlowEngine } from '../flow/engine';
import type { PastTime } from '../telemetry/history';
import type { Exporter } from './exporter';

/** What exporters read and where they write. */
export interface ExporterContext {
  world: World;
  store: ObjectStore;
  sink: SampleSink;
  engine: FlowEngine;
  effects: Effects;
  past: PastTime;
  seed: number;
}

/** Everything in a cluster that exposes metrics besides the mesh's proxies. */
export function createExporters(_context: ExporterContext): Exporter[] {
  return [];
}
