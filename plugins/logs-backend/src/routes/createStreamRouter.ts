import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  logQuerySchema,
  type LogLine,
  type LogLinkResponse,
} from '@orrery/backstage-plugin-logs-common';
import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import { openEventStream } from '@orrery/backstage-plugin-orrery-node';
import type { Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { once } from 'node:events';
import { z } from 'zod';
import { compileQuery } from '../service/compileQuery';
import { kibanaLink } from '../service/kibanaLink';
import type { LogDownload } from '../service/LogDownload';
import { askerOf } from '../service/askerOf';
import type { ScopedStores } from '../service/ScopedStores';
import { sendLines } from '../service/sendLines';
import type { TailHub } from '../service/TailHub';
import type { ViewerLimit } from '../service/ViewerLimit';

const downloadSchema = z.object({
  format: z.enum(['ndjson', 'text']).default('ndjson'),
});
/** Resuming further back than this would be a search, not a tail. */
const LONGEST_RESUME_MILLISECONDS = 5 * 60_000;

/** A line as it stands in a file. */
function write(line: LogLine, format: 'ndjson' | 'text'): string {
  return format === 'ndjson'
    ? `${JSON.stringify(line)}\n`
    : `${[line.at, line.level.toUpperCase(), line.pod, line.text]
        .filter(Boolean)
        .join(' ')}\n`;
}

/** Writes pages no faster than they are read; false when the reader is gone. */
async function send(response: Response, text: string): Promise<boolean> {
  if (response.destroyed) {
    return false;
  }
  if (!response.write(text)) {
    const gone = new AbortController();
    const leave = () => gone.abort();
    response.once('close', leave);
    await once(response, 'drain', { signal: gone.signal }).catch(
      () => undefined,
    );
    response.off('close', leave);
  }
  return !response.destroyed;
}

/** What leaves a store for long: the live tail, downloads, and links to it. */
export function createStreamRouter(options: {
  httpAuth: HttpAuthService;
  stores: ScopedStores;
  hub: TailHub;
  limit: ViewerLimit;
  download: LogDownload;
}): Router {
  const { httpAuth, stores, hub, limit, download } = options;
  const router = PromiseRouter();

  router.get('/stream', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(logQuerySchema, request.query, 'query');
    const scoped = await stores.open(query, credentials);
    const filters = compileQuery(query, scoped.facts);
    const release = limit.take(askerOf(credentials));
    const resumed = Date.parse(request.header('last-event-id') ?? '');
    const since = Number.isNaN(resumed)
      ? undefined
      : Math.max(resumed, Date.now() - LONGEST_RESUME_MILLISECONDS);
    const stream = openEventStream(request, response);
    const sender = sendLines(stream);
    const leave = hub.follow(
      scoped,
      filters,
      { query: query.query, since },
      {
        onNews: ({ lines, skipped }) => sender.add(lines, skipped),
        onProblem: ({ message }) => sender.problem(message),
      },
    );
    stream.signal.addEventListener('abort', () => {
      leave();
      sender.stop();
      release();
    });
  });

  router.get('/download', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(logQuerySchema, request.query, 'query');
    const { format } = parseWith(downloadSchema, request.query, 'query');
    const pages = await download.open(query, credentials);
    response.set({
      'Content-Type':
        format === 'ndjson'
          ? 'application/x-ndjson; charset=utf-8'
          : 'text/plain; charset=utf-8',
      'Content-Disposition': `attachment; filename="logs.${
        format === 'ndjson' ? 'ndjson' : 'txt'
      }"`,
      'Cache-Control': 'no-store, no-transform',
    });
    try {
      for await (const lines of pages) {
        const text = lines.map(line => write(line, format)).join('');
        if (!(await send(response, text))) {
          return;
        }
      }
      response.end();
    } catch (error) {
      // What was sent cannot be taken back: a broken file must look broken.
      response.destroy(error instanceof Error ? error : undefined);
    }
  });

  router.get('/link', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(logQuerySchema, request.query, 'query');
    const scoped = await stores.open(query, credentials);
    const { config } = stores.store(query.cluster);
    const kibana = kibanaLink(config, query, scoped);
    const answer: LogLinkResponse = kibana === undefined ? {} : { kibana };
    response.json(answer);
  });

  return router;
}
