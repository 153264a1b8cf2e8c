import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { findCommand, run } from './lib/command.mjs';
import { freePort, startServer } from './lib/server-process.mjs';

/**
 * Starts a real Prometheus on loopback.
 *
 * @param {object} options
 * @param {string} [options.scrapeUrl] address of a `/metrics` page to scrape; none is scraped without it
 * @param {number} [options.scrapeIntervalSeconds] 1 by default
 * @param {boolean} [options.honorLabels] keep the labels `job` and `instance` that the page itself gives, on by default
 * @param {object[]} [options.ruleGroups] groups of a rule file
 * @param {string} [options.openMetricsFile] samples to import before the start, in OpenMetrics text with timestamps
 * @param {string} [options.command] path of the binary; the system's own where absent
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<{ url: string, version: string, startedAt: number, stop: () => Promise<void> }>} `startedAt` in milliseconds since the Unix epoch
 */
export async function startPrometheus({
  scrapeUrl,
  scrapeIntervalSeconds = 1,
  honorLabels = true,
  ruleGroups = [],
  openMetricsFile,
  command: given,
  log = () => {},
} = {}) {
  const command =
    given ?? process.env.PROMETHEUS ?? (await findCommand('prometheus'));
  if (!command) {
    throw new Error(
      'A real Prometheus is needed: install it (Debian: apt-get install prometheus) or set PROMETHEUS to its path',
    );
  }
  const directory = await mkdtemp(join(tmpdir(), 'orrery-prometheus-'));
  const data = join(directory, 'data');
  if (openMetricsFile) {
    const promtool = process.env.PROMTOOL ?? (await findCommand('promtool'));
    if (!promtool) {
      throw new Error(
        'Importing samples needs promtool, which comes with Prometheus: install it or set PROMTOOL to its path',
      );
    }
    await run(promtool, [
      'tsdb',
      'create-blocks-from',
      'openmetrics',
      openMetricsFile,
      data,
    ]);
  }
  const interval = `${scrapeIntervalSeconds}s`;
  const target = scrapeUrl ? new URL(scrapeUrl) : undefined;
  const ruleFile = join(directory, 'rules.yaml');
  await writeFile(ruleFile, stringify({ groups: ruleGroups }));
  const configuration = {
    global: {
      scrape_interval: interval,
      scrape_timeout: interval,
      evaluation_interval: interval,
    },
    rule_files: ruleGroups.length > 0 ? [ruleFile] : [],
    scrape_configs: target
      ? [
          {
            job_name: 'orrery',
            honor_labels: honorLabels,
            metrics_path: target.pathname,
            scheme: target.protocol.slice(0, -1),
            static_configs: [{ targets: [target.host] }],
          },
        ]
      : [],
  };
  const configurationFile = join(directory, 'prometheus.yaml');
  await writeFile(configurationFile, stringify(configuration));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = startServer({
    name: 'prometheus',
    command,
    cwd: directory,
    logFile: join(directory, 'prometheus.log'),
    args: [
      `--config.file=${configurationFile}`,
      `--storage.tsdb.path=${data}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-lifecycle',
    ],
  });
  const stop = async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await server.ready(async () => (await fetch(`${url}/-/ready`)).ok, 30);
    const answer = await fetch(`${url}/api/v1/status/buildinfo`);
    const { version } = (await answer.json()).data;
    log(`prometheus ${version} is ready at ${url}`);
    return { url, version, startedAt: Date.now(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
