import type { ServerResponse } from 'node:http';
import type { MemoryStorage } from '../memory/memory-storage';
import { limitParameter } from './parameters';
import { respondData } from './respond';

/** GET /api/v1/metadata: type and help of every metric, or of the one asked for. */
export function listMetadata(
  storage: MemoryStorage,
  parameters: URLSearchParams,
  response: ServerResponse,
): void {
  const limit = limitParameter(parameters);
  const wanted = parameters.get('metric') ?? '';
  const data: Record<string, { type: string; help: string; unit: string }[]> =
    {};
  let count = 0;
  for (const { name, type, help } of storage.families.all()) {
    if (wanted !== '' && wanted !== name) continue;
    if (limit > 0 && count >= limit) break;
    data[name] = [{ type, help, unit: '' }];
    count += 1;
  }
  respondData(response, data);
}
