import { access } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { findCommand, run } from '../lib/command.mjs';
import { ensureNginx } from '../lib/nginx-binary.mjs';

/** The path of a program, or how to get it as an error. */
async function need(name, howToGetIt) {
  const command = await findCommand(name);
  if (!command) {
    throw new Error(`${name} is needed: ${howToGetIt}`);
  }
  return command;
}

/** Refuses a program that is older than the code of a template needs. */
async function needVersion(name, args, [major, minor], howToGetIt) {
  const text = await run(name, args);
  const [, first, second] = /(\d+)\.(\d+)/.exec(text) ?? [];
  const isEnough =
    Number(first) > major ||
    (Number(first) === major && Number(second) >= minor);
  if (!isEnough) {
    throw new Error(
      `${name} ${major}.${minor} or later is needed, this is ${text.trim()}: ${howToGetIt}`,
    );
  }
}

const has = path =>
  access(path).then(
    () => true,
    () => false,
  );

const goProgram = {
  template: 'new-go-service',
  async tools() {
    const howToGetIt = 'install Go 1.26 (https://go.dev/dl)';
    await need('go', howToGetIt);
    await needVersion('go', ['version'], [1, 26], howToGetIt);
    return {
      checks: [
        ['go', ['vet', './...']],
        ['go', ['test', './...']],
        ['go', ['build', '-o', 'service', '.']],
      ],
      serve: ['./service', []],
      drain: { DRAIN_DELAY: '500ms' },
      runtimeMetric: 'go_goroutines',
    };
  },
};

const nodeProgram = {
  template: 'new-node-service',
  async tools() {
    await need('npm', 'install Node.js with npm');
    return {
      checks: [
        ['npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline']],
        ['npm', ['run', 'build']],
        ['npm', ['run', 'lint']],
        ['npm', ['test']],
      ],
      serve: [process.execPath, ['dist/main.js']],
      drain: { DRAIN_DELAY_MILLISECONDS: '500' },
      runtimeMetric: 'nodejs_eventloop_lag_seconds',
    };
  },
};

const javaProgram = {
  template: 'new-java-service',
  async tools() {
    await need(
      'javac',
      'install a JDK 17 (Debian: apt-get install openjdk-17-jdk-headless)',
    );
    await need('mvn', 'install Maven (Debian: apt-get install maven)');
    return {
      checks: [['mvn', ['-B', '-q', 'verify']]],
      serve: ['java', ['-jar', 'target/service.jar']],
      drain: { DRAIN_DELAY: '500ms' },
      runtimeMetric: 'jvm_memory_used_bytes',
    };
  },
};

const pythonProgram = {
  template: 'new-python-service',
  async tools({ cacheDirectory }) {
    const howToGetIt =
      'install Python 3.11 or later with venv (Debian: apt-get install python3-venv)';
    const python = await need('python3', howToGetIt);
    await needVersion('python3', ['--version'], [3, 11], howToGetIt);
    await run(python, ['-c', 'import ensurepip, venv']).catch(() => {
      throw new Error(`Python’s venv is needed: ${howToGetIt}`);
    });
    // Kept between runs: what is in it is what the lock file says.
    const environment = join(cacheDirectory, 'template-python');
    const bin = name => join(environment, 'bin', name);
    const inside = (module, ...args) => [
      bin('python'),
      ['-m', module, ...args],
    ];
    return {
      checks: [
        ...((await has(bin('python')))
          ? []
          : [[python, ['-m', 'venv', environment]]]),
        // Scripts beside it name the folder that they were made in.
        inside('pip', 'install', '-q', '-r', 'requirements-dev.txt'),
        inside('ruff', 'check', '.'),
        inside('ruff', 'format', '--check', '.'),
        inside('pytest'),
      ],
      serve: [bin('python'), ['-m', 'service']],
      drain: { DRAIN_DELAY_SECONDS: '0.5' },
      runtimeMetric: 'process_start_time_seconds',
    };
  },
};

const staticSite = {
  template: 'new-static-site',
  async tools({ cacheDirectory, log, directory }) {
    await need('curl', 'install it (Debian: apt-get install curl)');
    const { command, mimeTypes } = await ensureNginx({ cacheDirectory, log });
    const environment = {
      PATH: [dirname(command), process.env.PATH].join(delimiter),
      MIME_TYPES: mimeTypes,
      SITE: join(directory, 'site'),
      NGINX_TEMPLATE: join(directory, 'nginx/nginx.conf'),
    };
    return {
      checks: [
        ['sh', ['test/links.sh']],
        ['sh', ['test/serve.sh']],
      ],
      serve: ['sh', ['nginx/start.sh']],
      environment,
      drain: { DRAIN_DELAY_SECONDS: '1' },
      path: '/about.html',
      runtimeMetric: 'nginx_connections',
    };
  },
};

/**
 * How the services of each template are built, tested and started. `tools`
 * throws where the machine has not what is needed, and says how to get it.
 */
export const LANGUAGES = {
  go: goProgram,
  java: javaProgram,
  node: nodeProgram,
  python: pythonProgram,
  static: staticSite,
};
