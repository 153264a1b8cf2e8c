import type { IncidentRegistry } from './incidents';
import type { Platform } from './platform';
import { Autoscaler, type WorkTime } from './simulator';
import { Ticker, type TickerStatistics } from './ticker';

/** What keeps a platform moving. */
export interface Clockwork {
  /** Takes the first samples and brings autoscalers up to date; before that, queries have no present. */
  prepare(): Promise<void>;
  start(): void;
  stop(): void;
  statistics(): Record<'tick' | 'controllers' | 'scrape', TickerStatistics>;
}

/** Moves traffic on every second, controllers twice a second, and takes samples at the scrape interval. */
export function createClockwork(
  platform: Platform,
  incidents: IncidentRegistry,
): Clockwork {
  const { clock, kubernetes, prometheus, simulator } = platform;
  const autoscaler = new Autoscaler(
    kubernetes.store,
    simulator.engine.cluster,
    simulator.usage,
    clock,
  );
  let lastScrape = 0;

  async function scrape(): Promise<WorkTime> {
    const published = await simulator.publish();
    const started = performance.now();
    const now = clock.now();
    // The machine's clock may be set back.
    if (now > lastScrape) prometheus.sink.scrape(now);
    lastScrape = Math.max(now, lastScrape);
    const scraped = performance.now() - started;
    return {
      total: published.total + scraped,
      longestSlice: Math.max(published.longestSlice, scraped),
    };
  }

  const tick = new Ticker(1000, () => {
    incidents.advance();
    return simulator.tick();
  });
  const controllers = new Ticker(500, () => kubernetes.controllers.tick());
  const scrapes = new Ticker(platform.scrapeIntervalMilliseconds, scrape, {
    alignTo: clock,
  });
  const scaling = new Ticker(15_000, () => autoscaler.run());
  const tickers = [tick, controllers, scrapes, scaling];
  return {
    async prepare() {
      autoscaler.run();
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
