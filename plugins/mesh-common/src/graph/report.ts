import type { GraphEdge, GraphResponse, Protocol } from '../schema/graph';
import { addHistogram, histogramQuantile, type Histogram } from './histogram';

/** Whose report a figure comes from. */
export type Reporter = GraphEdge['reporter'];

/** One kind of answer and how often it came. */
type Answer = Omit<GraphResponse, 'requestsPerSecond'> & { rate: number };

/** What one reporter said about one flow, or the sum of several such. */
export class Report {
  readonly answers = new Map<string, Answer>();
  readonly hosts = new Set<string>();
  readonly durations: Histogram = new Map();
  sentBytes: number | undefined;
  receivedBytes: number | undefined;
  connections: number | undefined;
  /** Weight of mutual TLS and of all traffic whose policy a destination named. */
  mutualTls = 0;
  policyKnown = 0;

  get requests(): number | undefined {
    if (this.answers.size === 0) {
      return undefined;
    }
    let sum = 0;
    for (const answer of this.answers.values()) {
      sum += answer.rate;
    }
    return sum;
  }

  get hasTcp(): boolean {
    return (
      this.sentBytes !== undefined ||
      this.receivedBytes !== undefined ||
      this.connections !== undefined
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

  addAnswer(answer: Answer): void {
    const key = `${answer.protocol} ${answer.code} ${answer.flags}`;
    const present = this.answers.get(key);
    if (present) {
      present.rate += answer.rate;
    } else {
      this.answers.set(key, { ...answer });
    }
  }

  /** Adds a rate of one TCP metric; the three are counted apart. */
  addTcp(
    metric: 'sentBytes' | 'receivedBytes' | 'connections',
    rate: number,
  ): void {
    this[metric] = (this[metric] ?? 0) + rate;
  }

  addPolicy(policy: string | undefined, weight: number): void {
    if (policy && policy !== 'unknown') {
      this.policyKnown += weight;
      this.mutualTls += policy === 'mutual_tls' ? weight : 0;
    }
  }

  merge(other: Report): void {
    for (const answer of other.answers.values()) {
      this.addAnswer(answer);
    }
    for (const host of other.hosts) {
      this.hosts.add(host);
    }
    addHistogram(this.durations, other.durations);
    for (const metric of [
      'sentBytes',
      'receivedBytes',
      'connections',
    ] as const) {
      const rate = other[metric];
      if (rate !== undefined) {
        this.addTcp(metric, rate);
      }
    }
    this.mutualTls += other.mutualTls;
    this.policyKnown += other.policyKnown;
  }
}

/**
 * The figures of a report as the API gives them.
 *
 * @param bounds - every histogram bound in use, ascending
 */
export function trafficOf(report: Report, bounds: readonly number[]) {
  const requestsPerSecond = report.requests;
  const answers = [...report.answers.values()].sort(
    (left, right) => right.rate - left.rate,
  );
  const share = (matches: (answer: Answer) => boolean) =>
    requestsPerSecond
      ? answers.filter(matches).reduce((sum, answer) => sum + answer.rate, 0) /
        requestsPerSecond
      : undefined;
  return {
    protocols: report.protocols,
    requestsPerSecond,
    errorShare: share(answer => answer.error),
    clientErrorShare: share(
      answer => answer.protocol === 'http' && answer.code.startsWith('4'),
    ),
    responses: answers.map(({ rate, ...answer }) => ({
      ...answer,
      requestsPerSecond: rate,
    })),
    sentBytesPerSecond: report.sentBytes,
    receivedBytesPerSecond: report.receivedBytes,
    connectionsPerSecond: report.connections,
    p50Milliseconds: histogramQuantile(0.5, report.durations, bounds),
    p95Milliseconds: histogramQuantile(0.95, report.durations, bounds),
    p99Milliseconds: histogramQuantile(0.99, report.durations, bounds),
    mutualTlsShare:
      report.policyKnown > 0
        ? report.mutualTls / report.policyKnown
        : undefined,
  };
}
