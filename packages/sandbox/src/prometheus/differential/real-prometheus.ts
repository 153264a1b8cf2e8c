import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the two programs of Prometheus are. */
export interface PrometheusPrograms {
  prometheus: string;
  promtool: string;
}

/** Looks for Prometheus: $PROMETHEUS first, then the PATH; promtool beside it or in the PATH. */
export function findPrometheus(): PrometheusPrograms | undefined {
  const directories = (process.env.PATH ?? '').split(delimiter);
  const inPath = (name: string) =>
    directories.map(directory => join(directory, name)).find(existsSync);
  const named = process.env.PROMETHEUS;
  const prometheus = named && existsSync(named) ? named : inPath('prometheus');
  if (!prometheus) return undefined;
  const beside = join(dirname(prometheus), 'promtool');
  const promtool = existsSync(beside) ? beside : inPath('promtool');
  return promtool ? { prometheus, promtool } : undefined;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise(resolve => {
    server.close(resolve);
  });
  if (address === null || typeof address === 'string') {
    throw new Error('no free port');
  }
  return address.port;
}

/** A running server. */
export interface RealPrometheus {
  url: string;
  version: [number, number];
  stop(): Promise<void>;
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise(resolve => {
    child.once('exit', resolve);
  });
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(killer);
}

async function waitUntilReady(
  url: string,
  child: ChildProcess,
  log: () => string,
): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) {
      throw new Error(`prometheus ended: ${log()}`);
    }
    const ready = await fetch(`${url}/-/ready`).then(
      response => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise(resolve => {
      setTimeout(resolve, 100);
    });
  }
  throw new Error(`prometheus was not ready within 30 s: ${log()}`);
}

/**
 * Starts a real Prometheus on loopback.
 *
 * @param samples - OpenMetrics text to begin with; none for an empty store
 * @param config - its configuration file
 */
export async function startPrometheus(
  programs: PrometheusPrograms,
  samples: string | undefined,
  config = 'global: { scrape_interval: 1m }\n',
): Promise<RealPrometheus> {
  const directory = await mkdtemp(join(tmpdir(), 'orrery-prometheus-'));
  const data = join(directory, 'data');
  const configFile = join(directory, 'prometheus.yml');
  await writeFile(configFile, config);
  if (samples !== undefined) {
    const file = join(directory, 'samples.txt');
    await writeFile(file, samples);
    await run(programs.promtool, [
      'tsdb',
      'create-blocks-from',
      'openmetrics',
      '--quiet',
      file,
      data,
    ]);
  }
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    programs.prometheus,
    [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=100y',
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  child.stderr.on('data', chunk => {
    log = (log + chunk).slice(-4000);
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    await stopProcess(child);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(url, child, () => log);
    const response = await fetch(`${url}/api/v1/status/buildinfo`);
    const { data: build } = (await response.json()) as {
      data: { version: string };
    };
    const [major, minor] = build.version.split('.').map(Number);
    return { url, version: [major, minor], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
