import { createServer } from 'node:net';
import { fail } from './say.mjs';

/** Services with the variables that set their ports. */
export const PORTS = {
  app: { variable: 'ORRERY_APP_PORT', fallback: 3000 },
  backend: { variable: 'ORRERY_BACKEND_PORT', fallback: 7007 },
  sandbox: { variable: 'ORRERY_SANDBOX_PORT', fallback: 7100 },
};

function isFree(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Reads the ports from the environment and refuses those that cannot be had. */
export async function readPorts(environment) {
  const ports = {};
  for (const [name, { variable, fallback }] of Object.entries(PORTS)) {
    const text = environment[variable] ?? String(fallback);
    const port = Number(text);
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      fail(`${variable}: expected a port from 1 to 65535, got "${text}".`);
    }
    if (!(await isFree(port))) {
      fail(
        `Port ${port} for the ${name} is taken. End what uses it, or set ${variable} to another one.`,
      );
    }
    ports[name] = port;
  }
  return ports;
}

/** Ports that nobody uses, for a portal beside one that may be running. */
export async function freePorts() {
  const servers = await Promise.all(
    Object.keys(PORTS).map(
      () =>
        new Promise((resolve, reject) => {
          const server = createServer();
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = Object.fromEntries(
    Object.keys(PORTS).map((name, index) => [
      name,
      servers[index].address().port,
    ]),
  );
  await Promise.all(
    servers.map(server => new Promise(resolve => server.close(resolve))),
  );
  return ports;
}
