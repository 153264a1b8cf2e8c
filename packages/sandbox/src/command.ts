/** What the command line asks for. */
export type Command =
  | { kind: 'serve'; options: ServeOptions }
  | { kind: 'incident'; name: string; stop: boolean; port: number }
  | { kind: 'help' };

export interface ServeOptions {
  port: number;
  seed: number;
  /** Size of a generated world; undefined for the default one. */
  services?: number;
  /** Clusters of the default world; 2 adds a small one that the first calls. */
  clusters?: 2;
  /** Whether the image registry asks for tokens; it lets everybody in otherwise. */
  registryTokens?: boolean;
  /** Folder for the repositories of GitLab; a temporary one unless given. */
  data?: string;
  /** How many times faster the traffic's day passes. */
  speed: number;
  /** Port on this machine of who answers webhooks of the world; 7007 unless said otherwise. */
  backendPort?: number;
}

/** A command line that cannot be followed, in one sentence for the person who typed it. */
export class CommandError extends Error {}

export const DEFAULT_PORT = 7100;

export const USAGE = `Usage:
  yarn sandbox [--port ${DEFAULT_PORT}] [--seed N] [--services N | --clusters 2] [--speed X]
                 [--data FOLDER] [--registry-tokens]
  yarn sandbox incident <name> [--stop] [--port ${DEFAULT_PORT}]

  --port      loopback port to serve on (or to talk to); ORRERY_SANDBOX_PORT sets the default
  --seed      whole number; equal seeds give equal worlds (default 1)
  --services  generate a world of so many services, 30 to 5000, instead of the default one
  --clusters  1 or 2 clusters of the default world (default 1); the second is small, and called by the first
  --speed     makes the traffic's day pass so many times faster, 0.1 to 1000 (default 1)
  --data      folder for GitLab's repositories, made anew at each start (default: a temporary one)
  --registry-tokens  makes the image registry ask for tokens (user orrery, password sandbox-registry)

  ORRERY_BACKEND_PORT is the loopback port that webhooks of the world are sent to (default 7007)
`;

function numberIn(
  name: string,
  text: string | undefined,
  least: number,
  most: number,
  integer: boolean,
): number {
  const value = text === undefined || text.trim() === '' ? NaN : Number(text);
  if (
    Number.isNaN(value) ||
    value < least ||
    value > most ||
    (integer && !Number.isInteger(value))
  ) {
    throw new CommandError(
      `${name} must be ${
        integer ? 'a whole number' : 'a number'
      } from ${least} to ${most}, not ${
        text === undefined ? 'missing' : `"${text}"`
      }`,
    );
  }
  return value;
}

const FLAGS = [
  '--port',
  '--seed',
  '--services',
  '--clusters',
  '--speed',
  '--data',
];
const SWITCH = '--registry-tokens';

/**
 * Reads the command line (without node and script) and the environment.
 * @throws CommandError naming the flag or variable that is wrong
 */
export function parseCommand(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  const values = new Map<string, string | undefined>();
  const names: string[] = [];
  let stop = false;
  let registryTokens = false;
  for (let index = 0; index < words.length; index++) {
    const [flag, inline] = words[index].split(/=(.*)/s);
    if (flag === '--help' || flag === '-h') return { kind: 'help' };
    if (flag === '--stop' && words[0] === 'incident') stop = true;
    else if (flag === SWITCH) registryTokens = true;
    else if (FLAGS.includes(flag)) values.set(flag, inline ?? words[++index]);
    else if (flag.startsWith('-')) {
      throw new CommandError(
        `unknown flag ${flag}; known are ${[...FLAGS, SWITCH].join(', ')}`,
      );
    } else names.push(words[index]);
  }
  const fromEnvironment = environment.ORRERY_SANDBOX_PORT;
  let port = DEFAULT_PORT;
  if (values.has('--port')) {
    port = numberIn('--port', values.get('--port'), 1, 65535, true);
  } else if (fromEnvironment !== undefined) {
    port = numberIn('ORRERY_SANDBOX_PORT', fromEnvironment, 1, 65535, true);
  }
  if (names[0] === 'incident') {
    if (names.length !== 2) {
      throw new CommandError(
        'incident takes exactly one name, as in: yarn sandbox incident mysql-slow',
      );
    }
    return { kind: 'incident', name: names[1], stop, port };
  }
  if (names.length > 0) {
    throw new CommandError(`unknown command ${names[0]}; known is incident`);
  }
  const clusters = values.has('--clusters')
    ? numberIn('--clusters', values.get('--clusters'), 1, 2, true)
    : 1;
  if (clusters === 2 && values.has('--services')) {
    throw new CommandError(
      '--clusters 2 goes with the default world; leave out --services',
    );
  }
  const data = values.get('--data');
  if (values.has('--data') && !data) {
    throw new CommandError('--data needs a folder');
  }
  return {
    kind: 'serve',
    options: {
      port,
      seed: values.has('--seed')
        ? numberIn('--seed', values.get('--seed'), 0, 2 ** 32 - 1, true)
        : 1,
      ...(values.has('--services')
        ? {
            services: numberIn(
              '--services',
              values.get('--services'),
              30,
              5000,
              true,
            ),
          }
        : {}),
      ...(clusters === 2 ? { clusters } : {}),
      ...(registryTokens ? { registryTokens } : {}),
      ...(data === undefined ? {} : { data }),
      speed: values.has('--speed')
        ? numberIn('--speed', values.get('--speed'), 0.1, 1000, false)
        : 1,
      ...(environment.ORRERY_BACKEND_PORT !== undefined
        ? {
            backendPort: numberIn(
              'ORRERY_BACKEND_PORT',
              environment.ORRERY_BACKEND_PORT,
              1,
              65535,
              true,
            ),
          }
        : {}),
    },
  };
}
