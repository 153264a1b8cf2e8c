import type { ServerResponse } from 'node:http';
import type { MetricFamily } from '../memory/families';
import type { SeriesGroup } from '../memory/group';
import type { MemoryStorage } from '../memory/memory-storage';
import type { Labels } from '../storage';
import { TextStream } from './stream';
import { headerText, labelText, sampleText } from './text-format';

/** Content type of the Prometheus text format. */
export const TEXT_FORMAT = 'text/plain; version=0.0.4; charset=utf-8';

function labelsOf(storage: MemoryStorage, group: SeriesGroup): Labels {
  const { groups } = storage;
  const labels: Record<string, string> = {};
  for (let index = 0; index < group.labelCount; index++) {
    const pair = groups.pairAt(group, index);
    labels[groups.interner.nameOf(pair)] = groups.interner.valueOf(pair);
  }
  return labels;
}

function histogramText(
  family: MetricFamily,
  labels: Labels,
  values: readonly number[],
): string {
  const { name, boundTexts } = family;
  const plain = labelText(labels);
  let text = '';
  boundTexts.forEach((le, bucket) => {
    text += sampleText(
      `${name}_bucket`,
      labelText(labels, { le }),
      values[bucket],
    );
  });
  text += sampleText(`${name}_sum`, plain, values[boundTexts.length]);
  return (
    text + sampleText(`${name}_count`, plain, values[boundTexts.length - 1])
  );
}

/** The current samples of a group, or nothing before its first value and after its end. */
function groupText(storage: MemoryStorage, group: SeriesGroup): string {
  const { family, firstSlot } = group;
  const values: number[] = [];
  for (let slot = 0; slot < family.slots; slot++) {
    const value = storage.ring.currentOf(firstSlot + slot);
    if (value === undefined) return '';
    values.push(value);
  }
  const labels = labelsOf(storage, group);
  return family.type === 'histogram'
    ? histogramText(family, labels, values)
    : sampleText(family.name, labelText(labels), values[0]);
}

/** GET /metrics: what the world would expose now, for a real Prometheus to scrape with `honor_labels`. */
export async function respondMetrics(
  storage: MemoryStorage,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(200, { 'Content-Type': TEXT_FORMAT });
  const stream = new TextStream(response);
  for (const family of storage.families.all()) {
    let header = headerText(family.name, family.type, family.help);
    for (const id of family.groups.snapshot()) {
      const group = storage.groups.get(id);
      const text = group && groupText(storage, group);
      if (!text) continue;
      if (stream.write(header + text)) await stream.flush();
      if (response.destroyed) return;
      header = '';
    }
  }
  stream.end('');
}
