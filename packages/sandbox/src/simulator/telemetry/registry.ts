import type { SampleSink } from '../../prometheus/storage';
import { createRandom } from '../../random';
import type { MessageCounts } from '../../world/types';
import { normalShare } from '../traffic/duration';
import type { CheckpointClock } from './checkpoints';
import { CounterStream } from './counterStream';
import { BYTE_BOUNDS, declareIstioMetrics } from './definitions';
import { Breath } from './breath';
import type { PastTime } from './pastTime';
import { flowLabels, type FlowLabels } from './labels';
import { RequestStream, type BodySizes } from './requestStream';

/** Spread of body sizes around their mean. */
const SIZE_SPREAD = 0.8;

/** A call and its answer by their mean sizes. */
export interface CallSizes {
  /** Mean bytes of the bodies. */
  request: number;
  response: number;
  /** gRPC messages per call; one each where nothing is said. */
  messages?: MessageCounts;
}

const UNARY: MessageCounts = { request: 1, response: 1 };

/** The four TCP counters of one flow. */
export interface TcpStream {
  sent: CounterStream;
  received: CounterStream;
  opened: CounterStream;
  closed: CounterStream;
}

type Stream = RequestStream | CounterStream;

function labelKey(labels: Readonly<Record<string, string>>): string {
  return Object.values(labels).join('\u0000');
}

/**
 * All flows that the mesh's proxies have counted. A combination of labels
 * appears with its first request and stays until the workload that reports it
 * is gone, as with real proxies.
 */
export class FlowRegistry {
  readonly #requests = new Map<string, RequestStream>();
  readonly #tcp = new Map<string, TcpStream>();
  readonly #byReporter = new Map<string, Set<Stream>>();
  readonly #live = new Set<Stream>();
  readonly #sizes = new Map<string, BodySizes>();
  readonly #byteBounds: readonly number[];

  constructor(
    private readonly sink: SampleSink,
    private readonly seed: number,
    detailed: boolean,
    /** When values are noted for later. */
    private readonly checkpoints: CheckpointClock,
  ) {
    declareIstioMetrics(sink, detailed);
    this.#byteBounds = detailed ? BYTE_BOUNDS : [];
  }

  /** Number of flows that are being published. */
  get size(): number {
    return this.#live.size;
  }

  /** How a flow from a workload to a service breathes; both of its reporters count the same requests. */
  breath(source: string, host: string): Breath {
    const random = createRandom(this.seed).fork(`${source}>${host}`);
    return new Breath(random.next(), random.next());
  }

  requests(flow: FlowLabels, sizes: CallSizes, breath: Breath): RequestStream {
    const labels = flowLabels(flow);
    const key = labelKey(labels);
    let stream = this.#requests.get(key);
    if (!stream) {
      stream = new RequestStream(
        labels,
        this.#bodySizes(sizes.request, sizes.response),
        flow.protocol === 'grpc' ? sizes.messages ?? UNARY : undefined,
        breath,
        this.checkpoints,
      );
      this.#requests.set(key, stream);
    }
    this.#track(flow, stream);
    return stream;
  }

  tcp(flow: FlowLabels, breath: Breath): TcpStream {
    const labels = flowLabels(flow);
    const key = labelKey(labels);
    let stream = this.#tcp.get(key);
    if (!stream) {
      const counter = (name: string) =>
        new CounterStream(
          `istio_tcp_${name}_total`,
          labels,
          breath,
          this.checkpoints,
        );
      stream = {
        sent: counter('sent_bytes'),
        received: counter('received_bytes'),
        opened: counter('connections_opened'),
        closed: counter('connections_closed'),
      };
      this.#tcp.set(key, stream);
    }
    for (const counter of Object.values(stream)) this.#track(flow, counter);
    return stream;
  }

  /** Sets every counter to what the past says. */
  prime(past: PastTime): void {
    this.checkpoints.note(past.end);
    for (const stream of this.#live) {
      stream.prime(past);
      stream.checkpoint();
    }
  }

  /** Hands all values to the sink, pausing after every few dozen flows. */
  *publish(past: PastTime, now: number): Generator<void> {
    const checkpoint = this.checkpoints.isDue(now);
    if (checkpoint) this.checkpoints.note(now);
    let done = 0;
    for (const stream of this.#live) {
      if (checkpoint) stream.checkpoint();
      stream.publish(this.sink, past);
      if (++done % 40 === 0) yield;
    }
  }

  /** Ends what a workload reported, once it has no pods left. */
  endReporter(workloadKey: string): void {
    for (const stream of this.#byReporter.get(workloadKey) ?? []) {
      stream.end();
      this.#live.delete(stream);
    }
    this.#byReporter.delete(workloadKey);
  }

  #track(flow: FlowLabels, stream: Stream): void {
    if (this.#live.has(stream)) return;
    this.#live.add(stream);
    const key = flow.reportedBy?.key ?? '';
    const streams = this.#byReporter.get(key) ?? new Set();
    streams.add(stream);
    this.#byReporter.set(key, streams);
  }

  #bodySizes(requestMean: number, responseMean: number): BodySizes {
    const key = `${requestMean}/${responseMean}`;
    let sizes = this.#sizes.get(key);
    if (!sizes) {
      sizes = {
        requestMean,
        responseMean,
        requestShares: this.#sizeShares(requestMean),
        responseShares: this.#sizeShares(responseMean),
      };
      this.#sizes.set(key, sizes);
    }
    return sizes;
  }

  #sizeShares(mean: number): Float64Array {
    const location = Math.log(Math.max(mean, 1)) - SIZE_SPREAD ** 2 / 2;
    return Float64Array.from([...this.#byteBounds, Infinity], bound =>
      Number.isFinite(bound)
        ? normalShare((Math.log(bound) - location) / SIZE_SPREAD)
        : 1,
    );
  }
}
