import type { Protocol } from '@orrery/backstage-plugin-mesh-common';
import type { HealthState } from '@orrery/backstage-plugin-orrery-common';

/** Outline of a mark: what kind of thing it is. */
export type MarkShape =
  | 'circle'
  | 'square'
  | 'triangle'
  | 'gateway'
  | 'store'
  | 'external'
  | 'unknown';

/** One node as it is drawn. */
export type Mark = {
  id: string;
  shape: MarkShape;
  label: string;
  version?: string;
  health: HealthState;
  /** Share of failing requests into it, 0..1, for the ring. */
  errorShare: number;
  /** True where it is outside the mesh though others around it are inside. */
  isOpen: boolean;
  /** Box that it stands in. */
  box?: string;
  /** Name for those who do not see it. */
  description: string;
};

/** One edge as it is drawn. */
export type Link = {
  id: string;
  source: string;
  target: string;
  health: HealthState;
  /** Width in pixels at scale 1. */
  width: number;
  isDashed: boolean;
  isDouble: boolean;
  label: string;
  protocols: readonly Protocol[];
  requestsPerSecond: number;
  errorShare: number;
  p95Milliseconds: number | undefined;
};

/** A namespace. */
export type Box = {
  id: string;
  label: string;
  health: HealthState;
  count: number;
};

/** All that is to be drawn, without positions. */
export type Scene = {
  marks: ReadonlyMap<string, Mark>;
  links: readonly Link[];
  boxes: ReadonlyMap<string, Box>;
};

/** A point in world coordinates. */
export type Point = { x: number; y: number };

/** A rectangle in world coordinates, from its upper left corner. */
export type Rectangle = Point & { width: number; height: number };
