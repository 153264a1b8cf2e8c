import type { LoggedCall } from '../../simulator/logs/format';
import type { LogOrigin } from './origins';

/** What kind of line a record is, which decides how much of it Filebeat could decode. */
export type LogKind = 'app' | 'proxy' | 'program';

/**
 * One line of a container as the store keeps it: what searches look at.
 * The document is made of it when somebody wants to read it.
 */
export interface LogRecord {
  /** What the node's clock said, whole milliseconds since the Unix epoch. */
  at: number;
  /** When a search finds it. */
  visibleAt: number;
  /** Position in the container's file, in bytes; grows with time. */
  offset: number;
  /** Place in the order in which records came; what `_shard_doc` sorts by. */
  order: number;
  kind: LogKind;
  origin: LogOrigin;
  /** Tells it apart from all others of its second. */
  key: string;
  /** Undefined until somebody looks at it, for what can be made then. */
  text?: string;
  level?: string;
  logged?: LoggedCall;
}
