import { createElkLayout } from './elkLayout';
import type { LayeredLayout } from './types';

let shared: Promise<LayeredLayout> | undefined;

async function start(): Promise<LayeredLayout> {
  const { default: ELK } = await import('elkjs/lib/elk-api');
  return createElkLayout(
    new ELK({
      workerFactory: () =>
        new Worker(new URL('elkjs/lib/elk-worker.min.js', import.meta.url)),
    }),
  );
}

/** The layout in a worker of its own, loaded when first needed and kept. */
export function workerLayout(): LayeredLayout {
  return async graph => {
    shared ??= start();
    return (await shared)(graph);
  };
}
