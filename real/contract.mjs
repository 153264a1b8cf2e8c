import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const directory = new URL('./contract/', import.meta.url);

/**
 * Runs the contract of Kubernetes semantics on a server and answers the
 * counts and the names of what failed.
 *
 * @param {object} server
 * @param {string} server.url
 * @param {{ admin?: string, viewer: string }} server.tokens
 * @param {string} [server.caFile] certificate authority of an https address
 * @param {string} [server.etcdUrl] lets tests compact the history
 * @returns {Promise<{ passed: number, failed: number, skipped: number, failures: string[], output: string }>}
 *   `output` is the whole report in TAP
 */
export async function runKubernetesContract({ url, tokens, caFile, etcdUrl }) {
  const files = (await readdir(directory))
    .filter(name => name.endsWith('.contract.mjs'))
    .map(name => fileURLToPath(new URL(name, directory)));
  const variables = {
    KUBERNETES_URL: url,
    KUBERNETES_TOKEN: tokens.admin,
    KUBERNETES_VIEWER_TOKEN: tokens.viewer,
    KUBERNETES_CA_FILE: caFile,
    KUBERNETES_ETCD_URL: etcdUrl,
  };
  const env = { PATH: process.env.PATH };
  for (const [name, value] of Object.entries(variables)) {
    if (value !== undefined) {
      env[name] = value;
    }
  }
  const child = spawn(
    process.execPath,
    ['--test', '--test-reporter=tap', '--test-timeout=180000', ...files],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output += chunk;
    });
  }
  await new Promise(resolve => child.on('close', resolve));
  const count = name =>
    Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const failures = output
    .split('\n')
    .filter(line => /^\s*not ok/.test(line))
    .map(line => line.trim());
  return {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped'),
    failures,
    output,
  };
}
