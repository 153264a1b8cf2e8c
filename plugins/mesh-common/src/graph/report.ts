import type { GraphEdge, GraphResponse, Protocol } from '../schema/graph';
import { addHistogram, histogramQuantile, type Histogram } from './histogram';

/** Whose report a figure comes from. */
export type Reporter = GraphEdge['reporter'];

/** One kind of answer and how often it came. */
export type Answer = Omit<GraphResponse, 'requestsPerSecond'> & {
  rate: number;
};

/** Rates that are simply added up, per second. */
export const FIGURES = [
  'sentBytes',
  'receivedBytes',
  'connections',
  'sentMessages',
  'receivedMessages',
  'requestBytes',
  'responseBytes',
] as const;

export type Figure = (typeof FIGURES)[number];

const NO_ANSWERS: ReadonlyMap<string, Answer> = new Map();
const NO_HOSTS: ReadonlySet<string> = new Set();
const NO_DURATIONS: Histogram = new Map();

/**
 * What one reporter said about one flow, or the sum of several such. There
 * are tens of thousands in a large mesh, so what is empty is not made.
 */
export class Report {
  readonly figures: Partial<Record<Figure, number>> = {};
  #answers: Map<string, Answer> | undefined;
  #hosts: Set<string> | undefined;
  #durations: Histogram | undefined;
  /**
   * Requests whose security policy a destination named, and those of them
   * with mutual TLS; the same of bytes. Different units are never added up.
   */
  #knownRequests = 0;
  #mutualRequests = 0;
  #knownBytes = 0;
  #mutualBytes = 0;

  get answers(): ReadonlyMap<string, Answer> {
    return this.#answers ?? NO_ANSWERS;
  }

  get hosts(): ReadonlySet<string> {
    return this.#hosts ?? NO_HOSTS;
  }

  /** Not to be changed from outside. */
  get durations(): Histogram {
    return this.#durations ?? NO_DURATIONS;
  }

  get requests(): number | undefined {
    if (!this.#answers) {
      return undefined;
    }
    let sum = 0;
    for (const answer of this.#answers.values()) {
      sum += answer.rate;
    }
    return sum;
  }

  get hasTcp(): boolean {
    const { sentBytes, receivedBytes, connections } = this.figures;
    return (
      sentBytes !== undefined ||
      receivedBytes !== undefined ||
      connections !== undefined
    );
  }

  get protocols(): Protocol[] {
    const protocols = new Set<Protocol>();
    for (const answer of this.answers.values()) {
      protocols.add(answer.protocol);
    }
    if (this.hasTcp) {
      protocols.add('tcp');
    }
    return [...protocols].sort();
  }

  get knowsPolicy(): boolean {
    return this.#knownRequests > 0 || this.#knownBytes > 0;
  }

  /** Share of mutual TLS, 0..1: the smaller of requests' and bytes', each for itself. */
  get mutualTlsShare(): number | undefined {
    const ofRequests =
      this.#knownRequests > 0
        ? this.#mutualRequests / this.#knownRequests
        : undefined;
    const ofBytes =
      this.#knownBytes > 0 ? this.#mutualBytes / this.#knownBytes : undefined;
    return ofRequests === undefined || ofBytes === undefined
      ? ofRequests ?? ofBytes
      : Math.min(ofRequests, ofBytes);
  }

  addAnswer(answer: Answer): void {
    this.#answers ??= new Map();
    const key = `${answer.protocol} ${answer.code} ${answer.flags}`;
    const present = this.#answers.get(key);
    if (present) {
      present.rate += answer.rate;
    } else {
      this.#answers.set(key, { ...answer });
    }
  }

  /** Takes requests away again; what is left is never negative. */
  removeAnswers(taken: Report): void {
    for (const [key, { rate }] of taken.answers) {
      const present = this.#answers?.get(key);
      if (present) {
        present.rate -= rate;
        // Two roundings of one rate leave crumbs.
        if (present.rate <= rate * 1e-6) {
          this.#answers?.delete(key);
        }
      }
    }
  }

  addHost(host: string): void {
    this.#hosts ??= new Set();
    this.#hosts.add(host);
  }

  addDuration(bound: number, rate: number): void {
    this.#durations ??= new Map();
    this.#durations.set(bound, (this.#durations.get(bound) ?? 0) + rate);
  }

  addFigure(figure: Figure, rate: number): void {
    this.figures[figure] = (this.figures[figure] ?? 0) + rate;
  }

  addPolicy(
    unit: 'request' | 'byte',
    policy: string | undefined,
    weight: number,
  ): void {
    if (!policy || policy === 'unknown') {
      return;
    }
    const mutual = policy === 'mutual_tls' ? weight : 0;
    if (unit === 'request') {
      this.#knownRequests += weight;
      this.#mutualRequests += mutual;
    } else {
      this.#knownBytes += weight;
      this.#mutualBytes += mutual;
    }
  }

  mergePolicy(other: Report): void {
    this.#knownRequests += other.#knownRequests;
    this.#mutualRequests += other.#mutualRequests;
    this.#knownBytes += other.#knownBytes;
    this.#mutualBytes += other.#mutualBytes;
  }

  merge(other: Report): void {
    for (const answer of other.answers.values()) {
      this.addAnswer(answer);
    }
    for (const host of other.hosts) {
      this.addHost(host);
    }
    if (other.#durations) {
      this.#durations ??= new Map();
      addHistogram(this.#durations, other.#durations);
    }
    for (const figure of FIGURES) {
      const rate = other.figures[figure];
      if (rate !== undefined) {
        this.addFigure(figure, rate);
      }
    }
    this.mergePolicy(other);
  }
}

/** Six digits are more than any counter is true to, and a third of the bytes. */
function rounded(value: number | undefined): number | undefined {
  if (value === undefined || value === 0) {
    return value;
  }
  const digits = 5 - Math.floor(Math.log10(Math.abs(value)));
  const scale = 10 ** Math.min(digits, 300);
  return digits > 0
    ? Math.round(value * scale) / scale
    : Math.round(value / 10 ** -digits) * 10 ** -digits;
}

/**
 * The figures of a report as the API gives them, to six digits.
 *
 * @param bounds - every histogram bound in use, ascending
 */
export function trafficOf(report: Report, bounds: readonly number[]) {
  const requests = report.requests;
  const answers = [...report.answers.values()].sort(
    (left, right) => right.rate - left.rate,
  );
  const share = (matches: (answer: Answer) => boolean) =>
    requests
      ? rounded(
          answers
            .filter(matches)
            .reduce((sum, answer) => sum + answer.rate, 0) / requests,
        )
      : undefined;
  const quantile = (rank: number) =>
    rounded(histogramQuantile(rank, report.durations, bounds));
  const { figures } = report;
  return {
    protocols: report.protocols,
    requestsPerSecond: rounded(requests),
    errorShare: share(answer => answer.error),
    clientErrorShare: share(
      answer => answer.protocol === 'http' && answer.code.startsWith('4'),
    ),
    responses: answers.map(({ rate, ...answer }) => ({
      ...answer,
      requestsPerSecond: rounded(rate) ?? rate,
    })),
    sentBytesPerSecond: rounded(figures.sentBytes),
    receivedBytesPerSecond: rounded(figures.receivedBytes),
    connectionsPerSecond: rounded(figures.connections),
    sentMessagesPerSecond: rounded(figures.sentMessages),
    receivedMessagesPerSecond: rounded(figures.receivedMessages),
    requestBytesPerSecond: rounded(figures.requestBytes),
    responseBytesPerSecond: rounded(figures.responseBytes),
    p50Milliseconds: quantile(0.5),
    p95Milliseconds: quantile(0.95),
    p99Milliseconds: quantile(0.99),
    mutualTlsShare: rounded(report.mutualTlsShare),
  };
}
