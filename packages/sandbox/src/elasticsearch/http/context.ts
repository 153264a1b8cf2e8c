import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../clock';
import type { Effects } from '../../simulator/flow/effects';
import type { JsonRecord } from '../../simulator/read';
import type { LogArchive } from '../records/LogArchive';
import type { PointsInTime } from '../search/PointsInTime';
import type { StoreVersion } from '../version';

/** What the store is made of. */
export interface Store {
  archive: LogArchive;
  points: PointsInTime;
  clock: Clock;
  effects: Effects;
  version: StoreVersion;
  clusterName: string;
}

/** One request, read. */
export interface Call {
  request: IncomingMessage;
  method: string;
  query: URLSearchParams;
  /** The body as it came, for those who read lines. */
  text: string;
  body: JsonRecord;
}

/** An answer: text is sent as text, all else as JSON. */
export interface Answer {
  status?: number;
  body: unknown;
}

/** Answers a call; `parts` are the groups of the route's path. */
export type Route = (store: Store, call: Call, parts: string[]) => Answer;
