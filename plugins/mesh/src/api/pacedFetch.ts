import type { FetchApi } from '@backstage/frontend-plugin-api';

/** A turn for everyone else on the page. */
function nextTask(): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, 0);
  });
}

/**
 * Fetches a stream whose pieces come in tasks of their own. A browser hands
 * out what it has already received without a pause, so that reading a large
 * answer would be one long task.
 */
export function pacedFetch(fetchApi: FetchApi): FetchApi {
  return {
    async fetch(...request) {
      const response = await fetchApi.fetch(...request);
      if (!response.ok || !response.body) {
        return response;
      }
      const reader = response.body.getReader();
      const paced = new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            await nextTask();
            const { done, value } = await reader.read();
            if (done) {
              controller.close();
            } else {
              controller.enqueue(value);
            }
          },
          cancel: reason => reader.cancel(reason),
        },
        { highWaterMark: 0 },
      );
      const { status, statusText, headers } = response;
      return new Response(paced, { status, statusText, headers });
    },
  };
}
