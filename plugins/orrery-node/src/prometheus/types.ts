/** One element of an instant vector. @public */
export type PrometheusSample = {
  metric: Record<string, string>;
  value: number;
};

/** One series of a range answer; times in milliseconds since the Unix epoch. @public */
export type PrometheusSeries = {
  metric: Record<string, string>;
  points: { timeMilliseconds: number; value: number }[];
};

/**
 * Answers by name; what failed has an error instead.
 *
 * @public
 */
export type PartialAnswers<Name extends string> = {
  answers: Partial<Record<Name, PrometheusSample[]>>;
  failures: Partial<Record<Name, Error>>;
};

/**
 * Asks one Prometheus (or what speaks its HTTP API).
 *
 * @public
 */
export interface PrometheusClient {
  /** An instant vector at a moment. Scalars come as one sample without labels. */
  query(
    expression: string,
    options: { timeMilliseconds: number; signal?: AbortSignal },
  ): Promise<PrometheusSample[]>;
  /** A matrix over a range. */
  queryRange(
    expression: string,
    options: {
      fromMilliseconds: number;
      toMilliseconds: number;
      stepSeconds: number;
      signal?: AbortSignal;
    },
  ): Promise<PrometheusSeries[]>;
  /** Several instant vectors at once; one that fails leaves the others. */
  queryAll<Name extends string>(
    expressions: Readonly<Partial<Record<Name, string>>>,
    options: { timeMilliseconds: number; signal?: AbortSignal },
  ): Promise<PartialAnswers<Name>>;
}
