import ELK from 'elkjs/lib/elk-api';
import { createElkLayout } from './elkLayout';
import type { LayeredLayout } from './types';

let shared: LayeredLayout | undefined;

/** The layout in a worker of its own, started when first needed and kept. */
export function workerLayout(): LayeredLayout {
  shared ??= createElkLayout(
    new ELK({
      workerFactory: () =>
        new Worker(new URL('elkjs/lib/elk-worker.min.js', import.meta.url)),
    }),
  );
  return shared;
}
