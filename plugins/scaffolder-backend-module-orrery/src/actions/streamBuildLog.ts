import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { buildLogPieceSchema } from '@orrery/backstage-plugin-delivery-common';
import { createStreamDecoder } from '@orrery/backstage-plugin-orrery-common';
import type { PortalClient } from '../client';

/** Writes a build's console line by line, until it ends. */
export async function streamBuildLog(
  portal: PortalClient,
  build: { place: Record<string, string>; number: number },
  credentials: BackstageCredentials,
  options: { signal: AbortSignal; write: (line: string) => void },
): Promise<void> {
  const response = await portal.open(
    'delivery',
    `/builds/${build.number}/log/stream?${new URLSearchParams(build.place)}`,
    credentials,
    options.signal,
  );
  const decode = createStreamDecoder();
  const text = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    for (const event of decode(text.decode(chunk, { stream: true }))) {
      const piece = buildLogPieceSchema.safeParse(
        event.event === 'delta' ? JSON.parse(event.data) : undefined,
      );
      if (!piece.success) {
        continue;
      }
      const lines = (rest + piece.data.text).split('\n');
      rest = piece.data.isEnd ? '' : lines.pop() ?? '';
      lines.filter(line => line.trim() !== '').forEach(options.write);
      if (piece.data.isEnd) {
        return;
      }
    }
  }
}
