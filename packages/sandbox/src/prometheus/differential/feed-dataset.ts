import type { SampleSink } from '../storage';
import {
  DATASET_SCRAPES,
  type Dataset,
  type DatasetSeries,
  scrapeTime,
} from './dataset';

/** Plays the data set into a sink, scrape by scrape. */
export function feedDataset(dataset: Dataset, sink: SampleSink): void {
  const steps: ((column: number) => void)[] = [];
  const add = (name: string, series: DatasetSeries) => {
    let writer: ReturnType<SampleSink['open']> | undefined;
    steps.push(column => {
      const value = series.values[column];
      if (value === undefined) {
        writer?.end();
        return;
      }
      writer ??= sink.open(name, series.labels);
      writer.set(value);
    });
  };
  for (const [name, list] of dataset.counters) {
    sink.declare(name, 'counter', `${name} of the data set`);
    list.forEach(series => add(name, series));
  }
  for (const [name, list] of dataset.gauges) {
    sink.declare(name, 'gauge', `${name} of the data set`);
    list.forEach(series => add(name, series));
  }
  for (const [name, { bounds, members }] of dataset.histograms) {
    sink.declare(name, 'histogram', `${name} of the data set`, bounds);
    for (const { labels, rows } of members) {
      const writer = sink.openHistogram(name, labels);
      steps.push(column => {
        const row = rows[column];
        writer.set(row.slice(0, -1), row[row.length - 1]);
      });
    }
  }
  for (let column = 0; column < DATASET_SCRAPES; column++) {
    steps.forEach(step => step(column));
    sink.scrape(scrapeTime(column));
  }
}
