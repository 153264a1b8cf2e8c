import type { Protocol, Traffic } from '@orrery/backstage-plugin-mesh-common';

/**
 * Traffic of several edges as one. Rates add up; the error share is of the
 * requests whose share is known; percentiles do not add up, so the slowest
 * stands for all; mutual TLS is as good as where it is worst.
 */
export type TrafficSum = {
  protocols: readonly Protocol[];
  requestsPerSecond: number | undefined;
  /** 0..1 */
  errorShare: number | undefined;
  /** TCP, both ways. */
  bytesPerSecond: number | undefined;
  /** Bodies of HTTP and gRPC, both ways. */
  bodyBytesPerSecond: number | undefined;
  slowestP50Milliseconds: number | undefined;
  slowestP95Milliseconds: number | undefined;
  slowestP99Milliseconds: number | undefined;
  /** 0..1 */
  leastMutualTlsShare: number | undefined;
};

const add = (sum: number | undefined, value: number | undefined) =>
  value === undefined ? sum : (sum ?? 0) + value;

const slower = (slowest: number | undefined, value: number | undefined) =>
  value === undefined ? slowest : Math.max(slowest ?? 0, value);

/** Adds traffic up. */
export class TrafficTotal implements TrafficSum {
  requestsPerSecond: number | undefined;
  bytesPerSecond: number | undefined;
  bodyBytesPerSecond: number | undefined;
  slowestP50Milliseconds: number | undefined;
  slowestP95Milliseconds: number | undefined;
  slowestP99Milliseconds: number | undefined;
  leastMutualTlsShare: number | undefined;
  #judged = 0;
  #failed: number | undefined;
  #protocols: readonly Protocol[] = [];

  get protocols(): readonly Protocol[] {
    return this.#protocols;
  }

  get errorShare(): number | undefined {
    return this.#failed === undefined || this.#judged === 0
      ? this.#failed
      : this.#failed / this.#judged;
  }

  add(traffic: Traffic): void {
    const { requestsPerSecond: rate, errorShare, protocols } = traffic;
    this.requestsPerSecond = add(this.requestsPerSecond, rate);
    if (rate !== undefined && errorShare !== undefined) {
      this.#judged += rate;
      this.#failed = (this.#failed ?? 0) + rate * errorShare;
    }
    this.bytesPerSecond = add(
      add(this.bytesPerSecond, traffic.sentBytesPerSecond),
      traffic.receivedBytesPerSecond,
    );
    this.bodyBytesPerSecond = add(
      add(this.bodyBytesPerSecond, traffic.requestBytesPerSecond),
      traffic.responseBytesPerSecond,
    );
    this.slowestP50Milliseconds = slower(
      this.slowestP50Milliseconds,
      traffic.p50Milliseconds,
    );
    this.slowestP95Milliseconds = slower(
      this.slowestP95Milliseconds,
      traffic.p95Milliseconds,
    );
    this.slowestP99Milliseconds = slower(
      this.slowestP99Milliseconds,
      traffic.p99Milliseconds,
    );
    if (traffic.mutualTlsShare !== undefined) {
      this.leastMutualTlsShare = Math.min(
        this.leastMutualTlsShare ?? 1,
        traffic.mutualTlsShare,
      );
    }
    for (const protocol of protocols) {
      if (!this.#protocols.includes(protocol)) {
        this.#protocols = [...this.#protocols, protocol].sort();
      }
    }
  }
}
