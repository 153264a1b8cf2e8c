import type {
  HistogramWriter,
  Labels,
  SampleSink,
  SeriesWriter,
} from '../../prometheus/storage';
import { DURATION_BOUNDS, type Duration } from '../traffic/duration';
import {
  epochSeconds,
  firstActive,
  type Breath,
  type Epoch,
  type PastTime,
} from './history';

/** Sizes of the bodies of a flow's requests and responses. */
export interface BodySizes {
  requestMean: number;
  responseMean: number;
  /** Cumulative shares by byte bucket, the last being 1. */
  requestShares: Float64Array;
  responseShares: Float64Array;
}

const BUCKETS = DURATION_BOUNDS.length + 1;

interface Writers {
  requests: SeriesWriter;
  duration: HistogramWriter;
  requestBytes: HistogramWriter;
  responseBytes: HistogramWriter;
  messages: SeriesWriter[];
}

/** Floors a share of a count: bucket counts are whole and never exceed the count. */
const whole = (count: number, shares: Float64Array) =>
  shares.map(share => Math.floor(count * share));

/**
 * Istio's request metrics of one combination of labels: count, durations, body
 * sizes and, for gRPC, messages. Durations are added to buckets only when
 * published or when their distribution changes, so that a tick costs one addition.
 */
export class RequestStream {
  readonly epochs: Epoch[] = [];
  #count = 0;
  #durationSum = 0;
  readonly #buckets = new Float64Array(BUCKETS);
  #pending = 0;
  #duration: Duration | undefined;
  #writers: Writers | undefined;

  constructor(
    readonly labels: Labels,
    private readonly sizes: BodySizes,
    private readonly grpc: boolean,
    private readonly breath: Breath,
  ) {}

  /** Notes a rate of an epoch of the past. */
  measure(epoch: number, rate: number, duration: Duration): void {
    while (this.epochs.length <= epoch) {
      this.epochs.push({
        rate: 0,
        durationRate: 0,
        bucketRates: new Float64Array(BUCKETS),
      });
    }
    const noted = this.epochs[epoch];
    noted.rate += rate;
    noted.durationRate += rate * duration.mean;
    for (let index = 0; index < BUCKETS; index++) {
      noted.bucketRates[index] += rate * duration.shares[index];
    }
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
    const state = this.#at(past, past.end);
    if (!state) return;
    this.#count = state.count;
    this.#durationSum = state.durationSum;
    this.#buckets.set(state.buckets);
  }

  publish(sink: SampleSink, past: PastTime): void {
    this.#flush();
    // As with a real proxy, a combination of labels appears with its first request.
    if (!this.#writers && this.#count < 1) return;
    const writers = (this.#writers ??= this.#open(sink, past));
    const count = Math.floor(this.#count);
    writers.requests.set(count);
    writers.duration.set(this.#buckets.map(Math.floor), this.#durationSum);
    const { sizes } = this;
    writers.requestBytes.set(
      whole(count, sizes.requestShares),
      Math.round(count * sizes.requestMean),
    );
    writers.responseBytes.set(
      whole(count, sizes.responseShares),
      Math.round(count * sizes.responseMean),
    );
    for (const writer of writers.messages) writer.set(count);
  }

  end(): void {
    const writers = this.#writers;
    if (!writers) return;
    writers.requests.end();
    writers.duration.end();
    writers.requestBytes.end();
    writers.responseBytes.end();
    writers.messages.forEach(writer => writer.end());
    this.#writers = undefined;
  }

  #flush(): void {
    if (this.#pending === 0 || !this.#duration) return;
    const { mean, shares } = this.#duration;
    this.#count += this.#pending;
    this.#durationSum += this.#pending * mean;
    for (let index = 0; index < BUCKETS; index++) {
      this.#buckets[index] += this.#pending * shares[index];
    }
    this.#pending = 0;
  }

  #countAt(past: PastTime, milliseconds: number): number | undefined {
    const first = firstActive(this.epochs);
    if (first === undefined || milliseconds < past.starts[first])
      return undefined;
    const seconds = epochSeconds(past, this.breath, milliseconds);
    const count = this.epochs.reduce(
      (sum, epoch, index) => sum + epoch.rate * seconds[index],
      0,
    );
    return count < 1 ? undefined : count;
  }

  #at(past: PastTime, milliseconds: number) {
    const first = firstActive(this.epochs);
    if (first === undefined || milliseconds < past.starts[first])
      return undefined;
    const seconds = epochSeconds(past, this.breath, milliseconds);
    const buckets = new Float64Array(BUCKETS);
    let count = 0;
    let durationSum = 0;
    this.epochs.forEach((epoch, index) => {
      count += epoch.rate * seconds[index];
      durationSum += epoch.durationRate * seconds[index];
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        buckets[bucket] += epoch.bucketRates[bucket] * seconds[index];
      }
    });
    // The last bucket holds every response; without this it could differ by a rounding error.
    buckets[BUCKETS - 1] = count;
    if (count < 1) return undefined;
    return { count, durationSum, buckets };
  }

  #open(sink: SampleSink, past: PastTime): Writers {
    const { labels, sizes } = this;
    const known = firstActive(this.epochs) !== undefined;
    const counted = known
      ? (milliseconds: number) => {
          const count = this.#countAt(past, milliseconds);
          return count === undefined ? undefined : Math.floor(count);
        }
      : undefined;
    const sized = (mean: number, shares: Float64Array) =>
      counted &&
      ((milliseconds: number) => {
        const count = counted(milliseconds);
        return count === undefined
          ? undefined
          : { counts: whole(count, shares), sum: Math.round(count * mean) };
      });
    return {
      requests: sink.open('istio_requests_total', labels, counted),
      duration: sink.openHistogram(
        'istio_request_duration_milliseconds',
        labels,
        known
          ? milliseconds => {
              const state = this.#at(past, milliseconds);
              return (
                state && {
                  counts: state.buckets.map(Math.floor),
                  sum: state.durationSum,
                }
              );
            }
          : undefined,
      ),
      requestBytes: sink.openHistogram(
        'istio_request_bytes',
        labels,
        sized(sizes.requestMean, sizes.requestShares),
      ),
      responseBytes: sink.openHistogram(
        'istio_response_bytes',
        labels,
        sized(sizes.responseMean, sizes.responseShares),
      ),
      messages: this.grpc
        ? ['istio_request_messages_total', 'istio_response_messages_total'].map(
            name => sink.open(name, labels, counted),
          )
        : [],
    };
  }
}
