import { currentTrace } from './trace.js';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** How bad it is. */
export type Level = (typeof LEVELS)[number];

/** Writes one line of JSON per event, in the names of the Elastic Common Schema. */
export type Log = Record<
  Level,
  (message: string, fields?: Readonly<Record<string, unknown>>) => void
>;

/** What a log is made from. */
export interface LogOptions {
  serviceName: string;
  serviceVersion: string;
  /** The lowest level that is written; a level that nobody knows is `info`. */
  logLevel: string;
  write?: (line: string) => void;
}

/** Makes a log; its lines carry the trace that runs when they are written. */
export function createLog(options: LogOptions): Log {
  const write =
    options.write ?? ((line: string) => void process.stdout.write(line));
  const known = LEVELS.findIndex(level => level === options.logLevel);
  const lowest = known < 0 ? LEVELS.indexOf('info') : known;
  const writer =
    (level: Level): Log[Level] =>
    (message, fields) => {
      if (LEVELS.indexOf(level) < lowest) {
        return;
      }
      const trace = currentTrace();
      const line = {
        '@timestamp': new Date().toISOString(),
        'log.level': level,
        message,
        'service.name': options.serviceName,
        'service.version': options.serviceVersion,
        ...(trace && { 'trace.id': trace.traceId, 'span.id': trace.spanId }),
        ...fields,
      };
      write(`${JSON.stringify(line)}\n`);
    };
  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
  };
}
