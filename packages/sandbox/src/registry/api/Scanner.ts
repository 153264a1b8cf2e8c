import type { Clock } from '../../clock';
import { createRandom } from '../../random';

/** How long a scanner takes for an image, in milliseconds. */
const SCANNING = 15_000;
const REPORT = 'application/vnd.security.vulnerability.report; version=1.1';
/** Share of images of the past that nobody had scanned. */
const UNSCANNED = 0.1;
const SEVERITIES = ['Critical', 'High', 'Medium', 'Low'] as const;

type Severity = (typeof SEVERITIES)[number];
type Counts = Record<Severity, number>;

/** An image as the scanner sees it. */
export interface Scanned {
  digest: string;
  pushedAt: number;
  /** Images of an index; empty for an image of one platform. */
  children: readonly Scanned[];
}

/** The scanner that Harbor asks: finds the same in equal images. */
export class Scanner {
  /** When a scan of an image was begun by somebody. */
  readonly #asked = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly seed: number,
    private readonly startedAt = clock.now(),
  ) {}

  /** Begins a scan; false where one runs. */
  scan(image: Scanned): boolean {
    if (this.#begun(image).some(at => at !== undefined && this.#runs(at))) {
      return false;
    }
    for (const { digest } of this.#parts(image)) {
      this.#asked.set(digest, this.clock.now());
    }
    return true;
  }

  /** `scan_overview` of an artifact; undefined where it was never scanned. */
  overview(image: Scanned) {
    const begun = this.#begun(image);
    const times = begun.filter(at => at !== undefined);
    const last = Math.max(...times);
    if (times.length < begun.length) return undefined;
    const scanner = {
      name: 'Trivy',
      vendor: 'Aqua Security',
      version: 'v0.66.0',
    };
    const start_time = new Date(last).toISOString();
    if (this.#runs(last)) {
      const percent = Math.round(((this.clock.now() - last) / SCANNING) * 100);
      return {
        [REPORT]: {
          scan_status: 'Running',
          severity: '',
          start_time,
          complete_percent: percent,
          scanner,
        },
      };
    }
    const counts = this.#parts(image)
      .map(({ digest }) => this.#counts(digest))
      .reduce((sum, each) => {
        SEVERITIES.forEach(name => (sum[name] += each[name]));
        return sum;
      });
    const worst = SEVERITIES.find(name => counts[name] > 0);
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return {
      [REPORT]: {
        report_id: image.digest.slice(7, 43),
        scan_status: 'Success',
        severity: worst ?? 'None',
        duration: SCANNING / 1000,
        start_time,
        end_time: new Date(last + SCANNING).toISOString(),
        summary: {
          total,
          fixable: Math.floor(total / 2),
          // What was not found is not named.
          summary: Object.fromEntries(
            Object.entries(counts).filter(([, count]) => count > 0),
          ),
        },
        complete_percent: 100,
        scanner,
      },
    };
  }

  #parts(image: Scanned): readonly Scanned[] {
    return image.children.length > 0 ? image.children : [image];
  }

  #runs(begunAt: number): boolean {
    return this.clock.now() - begunAt < SCANNING;
  }

  /** When each part was last begun to be scanned. */
  #begun(image: Scanned): (number | undefined)[] {
    return this.#parts(image).map(({ digest, pushedAt }) => {
      const isOld = pushedAt < this.startedAt;
      const random = createRandom(this.seed).fork(`scanned ${digest}`);
      const isMissed = isOld && random.next() < UNSCANNED;
      return this.#asked.get(digest) ?? (isMissed ? undefined : pushedAt);
    });
  }

  #counts(digest: string): Counts {
    const random = createRandom(this.seed).fork(`scan ${digest}`);
    return {
      Critical: random.next() < 0.15 ? 1 : 0,
      High: random.integer(4),
      Medium: random.integer(9),
      Low: random.integer(20),
    };
  }
}
