import type { IncidentRegistry } from './incidents';
import type { Platform } from './platform';
import { Autoscaler, type WorkTime } from './simulator';
import { runPaced } from './simulator/pace';
import { Ticker, type TickerStatistics } from './ticker';

/** What keeps a platform moving. */
export interface Clockwork {
  /** Takes the first samples and brings autoscalers up to date; before that, queries have no present. */
  prepare(): Promise<void>;
  start(): void;
  stop(): void;
  statistics(): Record<'tick' | 'controllers' | 'scrape', TickerStatistics>;
}

const none: WorkTime = { total: 0, longestSlice: 0 };

/** Work done one after the other. */
function after(first: WorkTime, second: WorkTime): WorkTime {
  return {
    total: first.total + second.total,
    longestSlice: Math.max(first.longestSlice, second.longestSlice),
  };
}

/** Moves the traffic of all clusters on every second, controllers twice a second, and takes samples at the scrape interval. */
export function createClockwork(
  platforms: readonly Platform[],
  incidents: IncidentRegistry,
): Clockwork {
  const [{ clock, scrapeIntervalMilliseconds }] = platforms;
  const autoscalers = platforms.map(
    ({ kubernetes, simulator }) =>
      new Autoscaler(
        kubernetes.store,
        simulator.engine.cluster,
        simulator.usage,
        clock,
      ),
  );
  const autoscale = () => autoscalers.forEach(autoscaler => autoscaler.run());
  let lastScrape = 0;

  async function scrape(): Promise<WorkTime> {
    let work = none;
    for (const { simulator } of platforms) {
      work = after(work, await simulator.publish());
    }
    const now = clock.now();
    // The machine's clock may be set back.
    if (now > lastScrape) {
      for (const { prometheus } of platforms) {
        const started = performance.now();
        prometheus.sink.scrape(now);
        const scraped = performance.now() - started;
        work = after(work, { total: scraped, longestSlice: scraped });
      }
    }
    lastScrape = Math.max(now, lastScrape);
    return work;
  }

  const tick = new Ticker(1000, async () => {
    incidents.advance();
    let work = none;
    for (const { simulator } of platforms) {
      work = after(work, await simulator.tick());
    }
    return work;
  });
  const controllers = new Ticker(500, () =>
    platforms.forEach(({ kubernetes }) => kubernetes.controllers.tick()),
  );
  const scrapes = new Ticker(scrapeIntervalMilliseconds, scrape, {
    alignTo: clock,
  });
  const scaling = new Ticker(15_000, autoscale);
  const rules = new Ticker(15_000, async () => {
    const started = performance.now();
    for (const { prometheus } of platforms) {
      await prometheus.evaluateRules();
    }
    const taken = performance.now() - started;
    return { total: taken, longestSlice: taken };
  });
  const tickers = [tick, controllers, scrapes, scaling, rules];
  return {
    async prepare() {
      autoscale();
      // Logs and traces have a past too from the first second.
      await runPaced(platforms[0].simulator.book.advance(clock.now()));
      await scrape();
    },
    start: () => tickers.forEach(ticker => ticker.start()),
    stop: () => tickers.forEach(ticker => ticker.stop()),
    statistics: () => ({
      tick: tick.statistics(),
      controllers: controllers.statistics(),
      scrape: scrapes.statistics(),
    }),
  };
}
