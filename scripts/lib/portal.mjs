import { join } from 'node:path';
import { run, startService } from './processes.mjs';

const GIVE_UP_SECONDS = 240;

/** What must be true before the portal is of use, in the order in which it comes about. */
function checks({ sandbox, backend, app }) {
  let token;
  return {
    sandbox: async () =>
      (await fetch(`http://127.0.0.1:${sandbox}/healthz`)).ok,
    backend: async () => {
      const base = `http://localhost:${backend}/api`;
      if (!token) {
        const answer = await fetch(`${base}/auth/guest/refresh`, {
          method: 'POST',
        });
        token = (await answer.json()).backstageIdentity?.token;
      }
      const graph = await fetch(`${base}/mesh/graph`, {
        headers: { Authorization: `Bearer ${token}` },
      });
      return graph.ok && (await graph.json()).nodes.length > 0;
    },
    app: async () => {
      const page = await fetch(`http://localhost:${app}/`);
      return page.ok && (await page.text()).includes('<script');
    },
  };
}

/** Waits for a service to answer, or to end: `ready` tells of that. */
async function untilUp(started, check) {
  const deadline = Date.now() + GIVE_UP_SECONDS * 1000;
  while (!started.ended && Date.now() < deadline) {
    if (await check().catch(() => false)) {
      return;
    }
    await new Promise(resolve => {
      setTimeout(resolve, 200);
    });
  }
}

/**
 * Starts sandbox, backend and app.
 *
 * @param {{ root: string, say: (text: string) => void,
 *   ports: { sandbox: number, backend: number, app: number },
 *   sandboxArguments?: string[], isBuilt?: boolean, only?: string[],
 *   configFiles?: string[] }} options - `isBuilt` lets the backend serve a
 *   built app, as in production, instead of a development server; it is then
 *   at the backend's address. `only` names the services to start;
 *   `configFiles` are read after the repository's own
 */
export async function startPortal(options) {
  const { root, say, sandboxArguments = [], isBuilt = false } = options;
  const { only, configFiles = [] } = options;
  const ports = isBuilt
    ? { ...options.ports, app: options.ports.backend }
    : options.ports;
  const env = {
    ...process.env,
    ORRERY_APP_PORT: String(ports.app),
    ORRERY_BACKEND_PORT: String(ports.backend),
    ORRERY_SANDBOX_PORT: String(ports.sandbox),
    NODE_ENV: 'development',
    // A browser must not open by itself.
    BROWSER: 'none',
  };
  const bin = name => join(root, 'node_modules/.bin', name);
  const config = [join(root, 'app-config.yaml'), ...configFiles].flatMap(
    file => ['--config', file],
  );
  const isWanted = name => !only || only.includes(name);
  const service = (name, command, args, directory) =>
    startService({
      name,
      command,
      args,
      cwd: join(root, directory),
      env,
      logFile: join(root, `.cache/logs/${name}.log`),
    });
  if (isBuilt) {
    say('  building the app');
    const code = await run(
      bin('backstage-cli'),
      ['package', 'build', ...config],
      {
        cwd: join(root, 'packages/app'),
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    if (code !== 0) {
      throw new Error('The app could not be built: see the lines above');
    }
  }
  const descriptions = {
    sandbox: [
      bin('tsx'),
      ['src/main.ts', '--port', String(ports.sandbox), ...sandboxArguments],
    ],
    backend: [bin('backstage-cli'), ['package', 'start', ...config]],
    ...(!isBuilt && {
      app: [bin('backstage-cli'), ['package', 'start', ...config]],
    }),
  };
  const services = [];
  for (const [name, [command, args]] of Object.entries(descriptions)) {
    if (isWanted(name)) {
      const started = await service(name, command, args, `packages/${name}`);
      services.push(started);
      // The backend asks its identity provider, which is in the sandbox, who
      // it is as it starts, and never again.
      if (name === 'sandbox' && isWanted('backend')) {
        await untilUp(started, checks(ports).sandbox);
      }
    }
  }
  const stop = () => Promise.all(services.map(item => item.stop()));

  /** Resolves when the mesh is being served; rejects with a sentence. */
  async function ready() {
    const deadline = Date.now() + GIVE_UP_SECONDS * 1000;
    const wanted = Object.entries(checks(ports)).filter(([name]) =>
      isWanted(name),
    );
    for (const [name, check] of wanted) {
      const owner =
        services.find(item => item.name === name) ??
        services.find(item => item.name === 'backend');
      while (!(await check().catch(() => false))) {
        const dead = services.find(item => item.ended);
        if (dead) {
          throw new Error(
            `The ${
              dead.name
            } ended (${await dead.exit}):\n${await dead.tail()}`,
          );
        }
        if (Date.now() > deadline) {
          throw new Error(
            `The ${name} did not get ready within ${GIVE_UP_SECONDS} s:\n${await owner.tail()}`,
          );
        }
        await new Promise(resolve => {
          setTimeout(resolve, 300);
        });
      }
      say(`  ${name} is up`);
    }
  }
  return { services, ready, stop, url: `http://localhost:${ports.app}` };
}
