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
  bytesPerSecond: number | undefined;
  slowestP95Milliseconds: number | undefined;
  /** 0..1 */
  leastMutualTlsShare: number | undefined;
};

const add = (sum: number | undefined, value: number | undefined) =>
  value === undefined ? sum : (sum ?? 0) + value;

/** Adds traffic up. */
export class TrafficTotal implements TrafficSum {
  requestsPerSecond: number | undefined;
  bytesPerSecond: number | undefined;
  slowestP95Milliseconds: number | undefined;
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
    if (traffic.p95Milliseconds !== undefined) {
      this.slowestP95Milliseconds = Math.max(
        this.slowestP95Milliseconds ?? 0,
        traffic.p95Milliseconds,
      );
    }
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
