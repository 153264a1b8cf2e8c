import type { HealthState } from '@orrery/backstage-plugin-orrery-common';
import type { GroupState, ViewLink, ViewMark } from '../levels';

/** Outline of a mark: what kind of thing it is. */
export type MarkShape =
  | 'circle'
  | 'square'
  | 'triangle'
  | 'gateway'
  | 'waypoint'
  | 'store'
  | 'external'
  | 'operation'
  | 'hidden'
  | 'unknown'
  | 'group';

/** How something differs from another moment. @public */
export type ComparisonMark =
  | 'added'
  | 'gone'
  | 'faster'
  | 'slower'
  | 'more-errors'
  | 'fewer-errors';

/** One node, or one closed box, as it is drawn. */
export type Mark = {
  id: string;
  shape: MarkShape;
  label: string;
  /** Small texts beside the label: a version, `L4`. */
  chips: readonly string[];
  health: HealthState;
  /** Share of failing requests into it, 0..1, for the ring. */
  errorShare: number;
  /** True where it is outside the mesh though others around it are inside. */
  isOpen: boolean;
  /** Traffic goes to it though nothing runs there. */
  isDead: boolean;
  comparison: ComparisonMark | undefined;
  /** What it stands for. */
  view: ViewMark;
};

/** One line as it is drawn. */
export type Link = {
  id: string;
  source: string;
  target: string;
  health: HealthState;
  /** Width in pixels at scale 1. */
  width: number;
  isDashed: boolean;
  isDouble: boolean;
  /** Closed where all traffic is mutual TLS, open where some is not though neighbours' is. */
  lock: 'closed' | 'open' | undefined;
  comparison: ComparisonMark | undefined;
  requestsPerSecond: number;
  errorShare: number;
  p95Milliseconds: number | undefined;
  /** Of all requests that its source makes in view, 0..1; absent without requests. */
  callerShare: number | undefined;
  view: ViewLink;
};

/** An open box. */
export type Box = {
  id: string;
  label: string;
  state: GroupState;
};

/** All that is to be drawn, without positions. */
export type Scene = {
  marks: ReadonlyMap<string, Mark>;
  links: readonly Link[];
  boxes: ReadonlyMap<string, Box>;
  /** The mark to begin with: the worst. */
  worst: string | undefined;
};

/** A point in world coordinates. */
export type Point = { x: number; y: number };

/** A rectangle in world coordinates, from its upper left corner. */
export type Rectangle = Point & { width: number; height: number };
