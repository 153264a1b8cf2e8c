import { formatFloat } from '../number-format';
import type { Labels } from '../storage';
import { type Dataset, scrapeTime } from './dataset';

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}=${JSON.stringify(value)}`,
  );
  return `{${pairs.join(',')}}`;
}

/** The data set in the OpenMetrics text format, for `promtool tsdb create-blocks-from openmetrics`. */
export function toOpenMetrics(dataset: Dataset): string {
  const lines: string[] = [];
  const sample = (
    name: string,
    labels: Labels,
    value: number | undefined,
    column: number,
  ) => {
    if (value === undefined) return;
    const seconds = scrapeTime(column) / 1000;
    lines.push(`${name}${labelText(labels)} ${formatFloat(value)} ${seconds}`);
  };
  for (const families of [dataset.counters, dataset.gauges]) {
    for (const [name, list] of families) {
      for (const { labels, values } of list) {
        values.forEach((value, column) => sample(name, labels, value, column));
      }
    }
  }
  for (const [name, { bounds, members }] of dataset.histograms) {
    const texts = [...bounds, Infinity].map(formatFloat);
    for (const { labels, rows } of members) {
      rows.forEach((row, column) => {
        texts.forEach((le, index) =>
          sample(`${name}_bucket`, { ...labels, le }, row[index], column),
        );
        sample(`${name}_count`, labels, row[texts.length - 1], column);
        sample(`${name}_sum`, labels, row[texts.length], column);
      });
    }
  }
  return `${lines.join('\n')}\n# EOF\n`;
}
