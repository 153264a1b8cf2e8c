import { startTellingWorld } from '../../simulator/testing';
import { serveFacade } from '../../testing/serveFacade';
import { createElasticsearch, LogArchive } from '..';
import type { StoreVersion } from '../version';

/** An answer of the store. */
export interface StoreAnswer {
  status: number;
  headers: Headers;
  body: ReturnType<typeof JSON.parse>;
}

/** A store with the logs of a world that has run for some time. */
export async function startStore({
  seconds = 40,
  version,
}: { seconds?: number; version?: StoreVersion } = {}) {
  const world = startTellingWorld();
  const { clock, effects, simulator } = world;
  const archive = new LogArchive({
    cluster: simulator.engine.cluster,
    book: simulator.book,
    clock,
    seed: 1,
    skew: { node: 'worker-2', milliseconds: -400 },
  });
  await world.run(seconds);
  const served = await serveFacade(
    createElasticsearch({
      archive,
      clock,
      effects,
      clusterName: 'logs',
      ...(version ? { version } : {}),
    }),
  );

  async function ask(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<StoreAnswer> {
    const response = await fetch(served.url + path, {
      method,
      ...(body === undefined
        ? {}
        : {
            headers: { 'Content-Type': 'application/json' },
            body: typeof body === 'string' ? body : JSON.stringify(body),
          }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  /** A search of all indexes that must succeed. */
  async function search(body: unknown): Promise<StoreAnswer['body']> {
    const answer = await ask('POST', '/filebeat-*/_search', body);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  }

  return { ...world, archive, ask, search, close: served.close };
}
