import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Forwards TCP to a server and counts what is open. */
export async function startCountingProxy(target: URL): Promise<{
  url: string;
  /** Connections open at the moment. */
  open: () => number;
  /** Cuts all of them, as a failing network would. */
  cut: () => void;
  stop: () => Promise<void>;
}> {
  const sockets = new Set<Socket>();
  const server = createServer(client => {
    const upstream = connect(
      Number(target.port || (target.protocol === 'https:' ? 443 : 80)),
      target.hostname,
    );
    sockets.add(client);
    const end = () => {
      sockets.delete(client);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      socket.on('error', end);
      socket.on('close', end);
    }
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${target.protocol}//127.0.0.1:${port}${target.pathname.replace(
      /\/$/,
      '',
    )}`,
    open: () => sockets.size,
    cut: () => sockets.forEach(socket => socket.destroy()),
    stop: () =>
      new Promise(resolve => {
        sockets.forEach(socket => socket.destroy());
        server.close(() => resolve());
      }),
  };
}
