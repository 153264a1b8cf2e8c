import type { LiveWorkload } from '../live/model';
import { CallFlow } from './callFlow';
import type { FlowContext, Recording, Server } from './context';
import {
  behaviourMix,
  respond,
  sameResponse,
  type ServerResponse,
} from './server';

/** A dependency of a workload and how it counts. */
export interface NodeCall {
  perRequest: number;
  failureShare: number;
  flow: CallFlow;
}

/** Weight of one second in the smoothed load that decides how slow a workload is. */
const SMOOTHING = 0.3;

/** A running workload in the flow: takes requests, answers them, makes its own calls. */
export class FlowNode implements Server {
  response: ServerResponse;
  /** Requests per second of the last tick. */
  load = 0;
  #incoming = 0;
  #smoothed = 0;
  #mix: ReturnType<typeof behaviourMix>;
  #mixKey = '';

  constructor(
    private readonly context: FlowContext,
    readonly workload: LiveWorkload,
    readonly calls: readonly NodeCall[],
  ) {
    this.#mix = behaviourMix(workload, context.effects);
    this.response = respond(this.#protocol, this.#mix, 0, []);
  }

  get #protocol() {
    return this.workload.app?.protocol ?? 'http';
  }

  receive(requestsPerSecond: number): void {
    this.#incoming += requestsPerSecond;
  }

  /** Requests per second that all ready pods together can take. */
  get capacity(): number {
    const perPod = this.#mix.reduce(
      (sum, { share, behaviour }) => sum + share * behaviour.capacityPerPod,
      0,
    );
    return perPod * Math.max(this.workload.readyPods, 1);
  }

  /** CPU seconds that one request costs here. */
  get cpuSecondsPerRequest(): number {
    return this.#mix.reduce(
      (sum, { share, behaviour }) =>
        sum + share * behaviour.cpuSecondsPerRequest,
      0,
    );
  }

  /** Takes what arrived since the last tick and passes its calls on. */
  advance(seconds: number, recording: Recording): void {
    this.load = this.#incoming;
    this.#incoming = 0;
    this.#smoothed += (this.load - this.#smoothed) * SMOOTHING;
    for (const { flow, perRequest } of this.calls) {
      flow.advance(this.load * perRequest, seconds, recording);
    }
    this.#answer();
  }

  #answer(): void {
    const key = `${this.workload.revision}|${this.context.effects.revision}`;
    if (key !== this.#mixKey) {
      this.#mixKey = key;
      this.#mix = behaviourMix(this.workload, this.context.effects);
    }
    const next = respond(
      this.#protocol,
      this.#mix,
      this.#smoothed / this.capacity,
      this.calls.map(({ flow, perRequest, failureShare }) => ({
        perRequest,
        failureShare,
        failing: flow.failureShare,
        moments: flow.moments,
      })),
    );
    if (!sameResponse(this.response, next)) this.response = next;
  }
}
