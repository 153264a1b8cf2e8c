import { createServer } from 'node:http';
import type { Facade } from '../../facade';

/** Serves one facade on a free loopback port, as the sandbox mounts it. */
export async function serveFacade(
  facade: Facade,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const path = url.pathname.slice(facade.prefix.length) || '/';
    void facade.handle(request, response, path, url.searchParams);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the server has no port');
  }
  return {
    url: `http://127.0.0.1:${address.port}${facade.prefix}`,
    close: async () => {
      await facade.close?.();
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}
