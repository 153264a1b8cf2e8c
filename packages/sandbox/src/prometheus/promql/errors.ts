import type { Position } from './ast';

/** A query that is not valid PromQL. The message carries `line:column` as Prometheus writes it. */
export class ParseError extends Error {
  /** @param position - undefined where there is no text to point at */
  constructor(query: string, position: Position | undefined, detail: string) {
    super(`${ParseError.#place(query, position)}: parse error: ${detail}`);
    this.name = 'ParseError';
  }

  static #place(query: string, position: Position | undefined): string {
    if (!position) return 'unknown position';
    const before = query.slice(0, position.from).split('\n');
    const line = before.length;
    const column = before[before.length - 1].length + 1;
    return `${line}:${column}`;
  }
}

/** A valid query that cannot be evaluated on the data it met. */
export class ExecutionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExecutionError';
  }
}

/** The query ran longer than it may. */
export class QueryTimeoutError extends Error {
  constructor() {
    super('query timed out in expression evaluation');
    this.name = 'QueryTimeoutError';
  }
}

/** The asker went away. */
export class QueryCanceledError extends Error {
  constructor() {
    super('query was canceled in expression evaluation');
    this.name = 'QueryCanceledError';
  }
}
