/** What an error says of itself beside its type and reason. */
type Details = Readonly<Record<string, unknown>>;

/** An answer that is no success, in the words of Elasticsearch. */
export class ElasticError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly reason: string,
    readonly details: Details = {},
  ) {
    super(reason);
  }

  /** The body of the answer. */
  body(): Record<string, unknown> {
    const { type, reason, details, status } = this;
    const cause = { type, reason, ...details };
    return { error: { root_cause: [cause], ...cause }, status };
  }
}

/** An error that every shard has met while it searched. */
export class ShardError extends ElasticError {
  constructor(type: string, reason: string, private readonly index: string) {
    super(400, type, reason);
  }

  override body(): Record<string, unknown> {
    const cause = { type: this.type, reason: this.reason };
    return {
      error: {
        root_cause: [{ ...cause, index: this.index }],
        type: 'search_phase_execution_exception',
        reason: 'all shards failed',
        phase: 'query',
        grouped: true,
        failed_shards: [
          {
            shard: 0,
            index: this.index,
            node: 'kepler-logs-0',
            reason: { ...cause, index: this.index },
          },
        ],
        caused_by: cause,
      },
      status: this.status,
    };
  }
}

/** A body that cannot be understood. */
export function parsingError(reason: string): ElasticError {
  return new ElasticError(400, 'parsing_exception', reason, {
    line: 1,
    col: 1,
  });
}

/** A parameter that makes no sense. */
export function illegalArgument(reason: string): ElasticError {
  return new ElasticError(400, 'illegal_argument_exception', reason);
}

/** An index that does not exist. */
export function indexNotFound(index: string): ElasticError {
  return new ElasticError(
    404,
    'index_not_found_exception',
    `no such index [${index}]`,
    {
      'resource.type': 'index_or_alias',
      'resource.id': index,
      index_uuid: '_na_',
      index,
    },
  );
}
