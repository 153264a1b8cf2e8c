import type { LiveWorkload } from '../live/model';
import type { OutlierDetection } from '../routing/destinationRule';
import { advanceEjection } from './ejection';

/** A workload's endpoints as one caller uses them. */
export interface ObservedEndpoints {
  workload: LiveWorkload;
  readyPods: number;
  /** Attempts per second of one calling proxy to all of them. */
  requestsPerSecond: number;
  failureShare: number;
}

/** Rounds so that small movements do not count as changes. */
export const coarse = (value: number) => Math.round(value * 50) / 50;

/** What one caller's outlier detection has ejected of one service or subset. */
export class Ejections {
  readonly #shares = new Map<string, number>();
  /** Changes when the share of any workload does. */
  revision = 0;

  /** Share (0..1) of a workload's endpoints that are out, in steps of a fiftieth. */
  share(workload: LiveWorkload): number {
    return coarse(this.#shares.get(workload.key) ?? 0);
  }

  advance(
    detection: OutlierDetection | undefined,
    observed: readonly ObservedEndpoints[],
    seconds: number,
  ): void {
    if (!detection) {
      if (this.#shares.size > 0) this.revision++;
      this.#shares.clear();
      return;
    }
    const clusterEndpoints = observed.reduce(
      (sum, { readyPods }) => sum + readyPods,
      0,
    );
    for (const {
      workload,
      readyPods,
      requestsPerSecond,
      failureShare,
    } of observed) {
      const share = advanceEjection(
        this.#shares.get(workload.key) ?? 0,
        detection,
        {
          requestsPerSecond: requestsPerSecond / Math.max(readyPods, 1),
          failureShare,
          endpoints: readyPods,
          clusterEndpoints,
        },
        seconds,
      );
      if (coarse(share) !== this.share(workload)) this.revision++;
      this.#shares.set(workload.key, share);
    }
  }
}
