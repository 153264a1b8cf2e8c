import { z } from 'zod';

/** Levels from the loudest to the quietest; `unknown` where a line tells none. @public */
export const LOG_LEVELS = [
  'fatal',
  'error',
  'warn',
  'info',
  'debug',
  'trace',
  'unknown',
] as const;

/** @public */
export const logLevelSchema = z.enum(LOG_LEVELS);

/** @public */
export type LogLevel = z.infer<typeof logLevelSchema>;

/**
 * One line of a log, wherever it was read. `fields` has what else the store
 * knows of it, flattened to dotted names; values are text as a person would
 * read them (`12.5`, `true`), several are a list.
 *
 * @public
 */
export const logLineSchema = z.object({
  /** Unique in its cluster; the same line has the same id however it was found. */
  id: z.string(),
  /** When it was written, RFC 3339 with as many digits as the source has. */
  at: z.string(),
  level: logLevelSchema,
  /** The message; longer ones are cut, see `cutCharacters`. */
  text: z.string(),
  /** How many characters of the message were left out; absent when none were. */
  cutCharacters: z.number().int().positive().optional(),
  cluster: z.string(),
  namespace: z.string().optional(),
  app: z.string().optional(),
  version: z.string().optional(),
  pod: z.string().optional(),
  container: z.string().optional(),
  node: z.string().optional(),
  /** 32 or 16 lower-case hexadecimal digits. */
  traceId: z.string().optional(),
  spanId: z.string().optional(),
  /** False when the line says that its trace was not kept (`trace_flags` 00). */
  isSampled: z.boolean().optional(),
  fields: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  /** Ranges of `text` that the query matched: start and end, UTF-16 units. */
  highlights: z.array(z.tuple([z.number().int(), z.number().int()])).optional(),
});

/** @public */
export type LogLine = z.infer<typeof logLineSchema>;
