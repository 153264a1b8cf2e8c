import type {
  HistogramWriter,
  Labels,
  SampleSink,
  SeriesWriter,
} from '../../prometheus/storage';
import type { MessageCounts } from '../../world/types';
import { DURATION_BOUNDS, type Duration } from '../traffic/duration';
import type { CheckpointClock } from './checkpoints';
import type { Breath } from './breath';
import { ValueHistory } from './history';
import type { PastTime } from './pastTime';

/** Sizes of the bodies of a flow's requests and responses. */
export interface BodySizes {
  requestMean: number;
  responseMean: number;
  /** Cumulative shares by byte bucket, the last being 1. */
  requestShares: Float64Array;
  responseShares: Float64Array;
}

const BUCKETS = DURATION_BOUNDS.length + 1;

/** Values are kept as one row: the count, the sum of durations, then the buckets. */
const COUNT = 0;
const SUM = 1;
const FIRST_BUCKET = 2;
const WIDTH = FIRST_BUCKET + BUCKETS;

interface Writers {
  requests: SeriesWriter;
  duration: HistogramWriter;
  requestBytes: HistogramWriter;
  responseBytes: HistogramWriter;
  messages: { writer: SeriesWriter; perRequest: number }[];
}

/** Floors a share of a count: bucket counts are whole and never exceed the count. */
const whole = (count: number, shares: Float64Array) =>
  shares.map(share => Math.floor(count * share));

/** Adds responses of one duration to a row. */
function addTo(row: Float64Array, amount: number, duration: Duration): void {
  row[COUNT] += amount;
  row[SUM] += amount * duration.mean;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    row[FIRST_BUCKET + bucket] += amount * duration.shares[bucket];
  }
}

/**
 * Istio's request metrics of one combination of labels: count, durations, body
 * sizes and, for gRPC, messages. Durations are added to buckets only when
 * published or when their distribution changes, so that a tick costs one addition.
 */
export class RequestStream {
  readonly #history: ValueHistory;
  readonly #row = new Float64Array(WIDTH);
  readonly #published = new Float64Array(BUCKETS);
  #pending = 0;
  #duration: Duration | undefined;
  #writers: Writers | undefined;

  constructor(
    private readonly labels: Labels,
    private readonly sizes: BodySizes,
    /** Messages per call; only for gRPC. */
    private readonly messages: MessageCounts | undefined,
    breath: Breath,
    clock: CheckpointClock,
  ) {
    this.#history = new ValueHistory(WIDTH, breath, clock);
  }

  /** Notes a rate (per second at the day's mean) of an epoch of the past. */
  measure(epoch: number, rate: number, duration: Duration): void {
    addTo(this.#history.ratesOf(epoch), rate, duration);
  }

  add(amount: number, duration: Duration): void {
    if (duration !== this.#duration) {
      this.#flush();
      this.#duration = duration;
    }
    this.#pending += amount;
  }

  /** Starts live counting where the past ends. */
  prime(past: PastTime): void {
    const row = this.#history.closedForm(past, past.end);
    if (!row) return;
    this.#row.set(row);
    this.#published.set(row.subarray(FIRST_BUCKET).map(Math.floor));
  }

  /** Notes the present values at the checkpoint that is being taken. */
  checkpoint(): void {
    this.#flush();
    this.#history.note(this.#row);
  }

  publish(sink: SampleSink, past: PastTime): void {
    this.#flush();
    const count = Math.floor(this.#row[COUNT]);
    // As with a real proxy, a combination of labels appears with its first request.
    if (!this.#writers && count < 1) return;
    const writers = (this.#writers ??= this.#open(sink, past));
    const { sizes } = this;
    writers.requests.set(count);
    writers.duration.set(this.#wholeBuckets(), this.#row[SUM]);
    writers.requestBytes.set(
      whole(count, sizes.requestShares),
      Math.round(count * sizes.requestMean),
    );
    writers.responseBytes.set(
      whole(count, sizes.responseShares),
      Math.round(count * sizes.responseMean),
    );
    for (const { writer, perRequest } of writers.messages) {
      writer.set(Math.floor(count * perRequest));
    }
  }

  end(): void {
    const writers = this.#writers;
    if (!writers) return;
    writers.requests.end();
    writers.duration.end();
    writers.requestBytes.end();
    writers.responseBytes.end();
    writers.messages.forEach(({ writer }) => writer.end());
    this.#writers = undefined;
  }

  #flush(): void {
    if (this.#pending === 0 || !this.#duration) return;
    addTo(this.#row, this.#pending, this.#duration);
    this.#pending = 0;
  }

  /** Whole bucket counts of which no increase exceeds that of a wider bucket, as a response is counted in all of them. */
  #wholeBuckets(): Float64Array {
    const published = this.#published;
    let allowed = Infinity;
    for (let bucket = BUCKETS - 1; bucket >= 0; bucket--) {
      const wanted =
        Math.floor(this.#row[FIRST_BUCKET + bucket]) - published[bucket];
      allowed = Math.max(Math.min(wanted, allowed), 0);
      published[bucket] += allowed;
    }
    return published;
  }

  #open(sink: SampleSink, past: PastTime): Writers {
    const { labels, sizes } = this;
    const counted = (milliseconds: number) => {
      const count = this.#history.countAt(past, milliseconds);
      return count && Math.floor(count);
    };
    const sized =
      (mean: number, shares: Float64Array) => (milliseconds: number) => {
        const count = counted(milliseconds);
        return count === undefined
          ? undefined
          : { counts: whole(count, shares), sum: Math.round(count * mean) };
      };
    const histogram = (name: string, mean: number, shares: Float64Array) =>
      sink.openHistogram(name, labels, sized(mean, shares));
    return {
      requests: sink.open('istio_requests_total', labels, counted),
      duration: sink.openHistogram(
        'istio_request_duration_milliseconds',
        labels,
        milliseconds => {
          const row = this.#history.at(past, milliseconds);
          return (
            row && {
              counts: row.subarray(FIRST_BUCKET).map(Math.floor),
              sum: row[SUM],
            }
          );
        },
      ),
      requestBytes: histogram(
        'istio_request_bytes',
        sizes.requestMean,
        sizes.requestShares,
      ),
      responseBytes: histogram(
        'istio_response_bytes',
        sizes.responseMean,
        sizes.responseShares,
      ),
      messages: this.#openMessages(sink, counted),
    };
  }

  #openMessages(
    sink: SampleSink,
    counted: (milliseconds: number) => number | undefined,
  ): Writers['messages'] {
    const { labels, messages } = this;
    if (!messages) return [];
    const open = (name: string, perRequest: number) => ({
      perRequest,
      writer: sink.open(name, labels, milliseconds => {
        const count = counted(milliseconds);
        return count && Math.floor(count * perRequest);
      }),
    });
    return [
      open('istio_request_messages_total', messages.request),
      open('istio_response_messages_total', messages.response),
    ];
  }
}
