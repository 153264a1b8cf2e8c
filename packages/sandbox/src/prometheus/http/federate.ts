import type { ServerResponse } from 'node:http';
import type { Clock } from '../../clock';
import { labelsOfSeries } from '../memory/memory-queryable';
import type { MemoryStorage } from '../memory/memory-storage';
import { SampleBuffer } from '../memory/sample-buffer';
import { WindowReader } from '../memory/window-reader';
import type { Labels } from '../storage';
import { TEXT_FORMAT } from './exposition';
import { matchParameters } from './parameters';
import { respondText } from './respond';
import { TextStream } from './stream';
import { labelText, sampleText } from './text-format';
import { walkSeries } from './walk-series';

/**
 * GET /federate: the newest sample of every series that matches, with its
 * time, in the text format. External labels are added where a series has no
 * label of that name.
 */
export async function respondFederation(
  storage: MemoryStorage,
  clock: Clock,
  lookbackMs: number,
  externalLabels: Labels,
  parameters: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  const now = clock.now();
  const span = { fromMs: now - lookbackMs + 1, toMs: now };
  const matcherSets = matchParameters(parameters, false);
  if (matcherSets.length === 0) {
    respondText(response, 200, '', TEXT_FORMAT);
    return;
  }
  const reader = new WindowReader(storage, span.fromMs, span.toMs);
  const buffer = new SampleBuffer();
  const lines = new Map<string, string[]>();
  await walkSeries(storage, { matcherSets, ...span }, (group, selected) => {
    const { series, slots } = selected;
    for (const slot of slots) {
      reader.readLatest(group, slot, buffer);
      if (buffer.length === 0 || buffer.stale[0] === 1) continue;
      const own = labelsOfSeries(storage, group, series, slot);
      const text = labelText({ ...externalLabels, ...own });
      const line = sampleText(
        series.name,
        text,
        buffer.values[0],
        buffer.times[0],
      );
      const list = lines.get(series.name);
      if (list) list.push(line);
      else lines.set(series.name, [line]);
    }
  });
  response.writeHead(200, { 'Content-Type': TEXT_FORMAT });
  const stream = new TextStream(response);
  for (const name of [...lines.keys()].sort()) {
    stream.write(`# TYPE ${name} untyped\n`);
    for (const line of lines.get(name) ?? []) {
      if (stream.write(line)) await stream.flush();
    }
  }
  stream.end('');
}
