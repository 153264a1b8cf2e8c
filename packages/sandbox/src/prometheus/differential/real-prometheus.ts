import {
  type ChildProcess,
  execFile,
  spawn,
  spawnSync,
} from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Version } from './version';

const run = promisify(execFile);

/** Where the two programs of Prometheus are. */
export interface PrometheusPrograms {
  prometheus: string;
  promtool: string;
  version: Version;
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
  if (!promtool) return undefined;
  // Old releases print their version to the error stream.
  const { stdout, stderr } = spawnSync(prometheus, ['--version'], {
    encoding: 'utf8',
  });
  const found = /version (\d+)\.(\d+)/.exec(`${stdout}${stderr}`);
  if (!found) throw new Error(`${prometheus} --version names no version`);
  const version: Version = [Number(found[1]), Number(found[2])];
  return { prometheus, promtool, version };
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
      // Releases that do not know a feature say so in their log and go on.
      '--enable-feature=promql-experimental-functions',
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
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
