import {
  CommandError,
  parseCommand,
  USAGE,
  type ServeOptions,
} from './command';
import { startSandbox } from './sandbox';

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function isPortTaken(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  );
}

async function serve(options: ServeOptions): Promise<void> {
  const sandbox = await startSandbox(options).catch(error =>
    fail(
      isPortTaken(error)
        ? `Port ${options.port} is taken; choose another with --port or ORRERY_SANDBOX_PORT.`
        : `The sandbox could not start: ${
            error instanceof Error ? error.stack ?? error.message : error
          }`,
    ),
  );
  process.stdout.write(
    `Sandbox ready at ${sandbox.url} (cluster ${sandbox.world.cluster}, ${sandbox.world.apps.length} services)\n`,
  );
  const end = () => {
    sandbox.close().then(
      () => process.exit(0),
      error => fail(String(error)),
    );
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

async function changeIncident(
  name: string,
  stop: boolean,
  port: number,
): Promise<void> {
  const action = stop ? 'stop' : 'start';
  const url = `http://127.0.0.1:${port}/incidents/${encodeURIComponent(
    name,
  )}/${action}`;
  const response = await fetch(url, { method: 'POST' }).catch(() =>
    fail(
      `No sandbox answers on port ${port}; start it with: yarn sandbox --port ${port}`,
    ),
  );
  const body: unknown = await response.json();
  if (!response.ok) {
    fail(
      typeof body === 'object' && body !== null && 'error' in body
        ? String(body.error)
        : `The sandbox answered ${response.status}.`,
    );
  }
  process.stdout.write(`Incident ${name} ${stop ? 'stopped' : 'started'}.\n`);
}

async function main(): Promise<void> {
  const command = parseCommand(process.argv.slice(2), process.env);
  if (command.kind === 'help') process.stdout.write(USAGE);
  else if (command.kind === 'incident') {
    await changeIncident(command.name, command.stop, command.port);
  } else await serve(command.options);
}

main().catch(error => {
  fail(
    error instanceof CommandError
      ? `${error.message}\n\n${USAGE}`
      : String(error),
  );
});
