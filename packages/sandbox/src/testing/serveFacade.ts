import { createServer } from 'node:http';
import type { Facade } from '../facade';

/** A facade on a port of its own. */
export interface Served {
  /** Address of the facade, its prefix included. */
  url: string;
  close(): Promise<void>;
}

/** Serves one facade on loopback, as the sandbox's server does. */
export async function serveFacade(facade: Facade): Promise<Served> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(
      request.url ?? '/',
      'http://localhost',
    );
    const path = pathname.slice(facade.prefix.length) || '/';
    void facade.handle(request, response, path, searchParams);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}${facade.prefix}`,
    async close() {
      await facade.close?.();
      server.close();
      server.closeAllConnections();
    },
  };
}
