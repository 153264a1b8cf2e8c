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

/** Traffic whose security policy a destination named, and how much of it was mutual TLS. */
class Security {
  known = 0;
  mutual = 0;

  add(known: number, mutual: number): void {
    this.known += known;
    this.mutual += mutual;
  }

  get share(): number | undefined {
    return this.known > 0 ? this.mutual / this.known : undefined;
  }
}

/** What one reporter said about one flow, or the sum of several such. */
export class Report {
  readonly answers = new Map<string, Answer>();
  readonly hosts = new Set<string>();
  readonly durations: Histogram = new Map();
  readonly figures: Partial<Record<Figure, number>> = {};
  /** Requests and bytes have different units, so they are never added up. */
  readonly requestSecurity = new Security();
  readonly byteSecurity = new Security();

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
    return this.requestSecurity.known > 0 || this.byteSecurity.known > 0;
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

  addFigure(figure: Figure, rate: number): void {
    this.figures[figure] = (this.figures[figure] ?? 0) + rate;
  }

  addPolicy(
    unit: 'request' | 'byte',
    policy: string | undefined,
    weight: number,
  ): void {
    if (policy && policy !== 'unknown') {
      this[`${unit}Security`].add(weight, policy === 'mutual_tls' ? weight : 0);
    }
  }

  mergePolicy(other: Report): void {
    for (const name of ['requestSecurity', 'byteSecurity'] as const) {
      this[name].add(other[name].known, other[name].mutual);
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

/** The smaller of two shares that may be unknown. */
function lower(
  left: number | undefined,
  right: number | undefined,
): number | undefined {
  return left === undefined || right === undefined
    ? left ?? right
    : Math.min(left, right);
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
    mutualTlsShare: rounded(
      lower(report.requestSecurity.share, report.byteSecurity.share),
    ),
  };
}
