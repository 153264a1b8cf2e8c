import {
  deltaPartSchema,
  joinDelta,
  joinSnapshot,
  PartCollector,
  snapshotPartSchema,
  type DeltaPart,
  type SnapshotPart,
} from '@orrery/backstage-plugin-mesh-common';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import { followStream } from '@orrery/backstage-plugin-orrery-react';
import { z } from 'zod';
import type { GraphStreamListener } from './MeshApi';
import { pacedFetch } from './pacedFetch';
import { TaskQueue } from './TaskQueue';

const problemSchema = z.object({ message: z.string() });

/** What cannot be read is asked for again after this long. */
const RETRY_MILLISECONDS = 2_000;

/**
 * Follows a live graph. Large events come in parts; each is read in a task of
 * its own, so that reading ten thousand edges never holds up the page.
 */
export async function followGraph(options: {
  fetchApi: FetchApi;
  url: string;
  listener: GraphStreamListener;
  signal: AbortSignal;
}): Promise<void> {
  const { listener, signal } = options;
  while (!signal.aborted) {
    const isUnreadable = await followOnce(options);
    if (!isUnreadable) {
      return;
    }
    // Without the last event's id, the server begins with a whole graph.
    await new Promise(resolve => {
      setTimeout(resolve, RETRY_MILLISECONDS);
      signal.addEventListener('abort', resolve, { once: true });
    });
  }

  async function followOnce({
    fetchApi,
    url,
  }: Pick<typeof options, 'fetchApi' | 'url'>): Promise<boolean> {
    const abort = new AbortController();
    const end = () => abort.abort();
    signal.addEventListener('abort', end);
    let isUnreadable = false;
    const queue = new TaskQueue(abort.signal);
    const read = reader(listener);
    await followStream({
      fetchApi: pacedFetch(fetchApi),
      url,
      signal: abort.signal,
      onError: (error, final) => listener.onProblem(error, final),
      onEvent: event =>
        queue.add(() => {
          try {
            read(event);
          } catch (error) {
            isUnreadable = true;
            listener.onProblem(
              error instanceof Error ? error : new Error(String(error)),
              false,
            );
            abort.abort();
          }
        }),
    });
    signal.removeEventListener('abort', end);
    return isUnreadable;
  }
}

function reader(listener: GraphStreamListener) {
  const snapshots = new PartCollector<SnapshotPart>();
  const deltas = new PartCollector<DeltaPart>();
  return ({ event, data }: { event: string; data: string }) => {
    if (event === 'snapshot') {
      const parts = snapshots.add(snapshotPartSchema.parse(JSON.parse(data)));
      if (parts) {
        listener.onSnapshot(joinSnapshot(parts));
      }
    } else if (event === 'delta') {
      const parts = deltas.add(deltaPartSchema.parse(JSON.parse(data)));
      if (parts) {
        listener.onDelta(joinDelta(parts));
      }
    } else if (event === 'problem') {
      const { message } = problemSchema.parse(JSON.parse(data));
      listener.onProblem(new Error(message), false);
    }
  };
}
