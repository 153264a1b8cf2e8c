import type { Server } from 'node:http';

/** Has a played upstream listen on a free port of loopback. */
export async function listen(
  server: Server,
): Promise<{ url: string; stop: () => void }> {
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
