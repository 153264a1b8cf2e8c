import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemClock } from '../clock';
import { serveTestCluster } from './testing/cluster';

const directory = resolve(__dirname, '../../../../real/contract');

function runContract(url: string): Promise<{ code: number; output: string }> {
  const files = readdirSync(directory)
    .filter(name => name.endsWith('.contract.mjs'))
    .map(name => resolve(directory, name));
  const child = spawn(
    process.execPath,
    ['--test', '--test-reporter=tap', ...files],
    {
      env: {
        PATH: process.env.PATH,
        KUBERNETES_URL: url,
        KUBERNETES_TOKEN: 'admin-token',
        KUBERNETES_VIEWER_TOKEN: 'viewer-token',
      },
    },
  );
  let output = '';
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  child.stderr.on('data', chunk => {
    output += chunk;
  });
  return new Promise(done => {
    child.on('close', code => done({ code: code ?? 1, output }));
  });
}

describe('the contract of Kubernetes semantics', () => {
  it('holds on the sandbox as on the real server', async () => {
    const cluster = await serveTestCluster({
      clock: systemClock,
      historyLimit: 100,
      users: [
        { token: 'admin-token', name: 'admin', groups: ['system:masters'] },
        { token: 'viewer-token', name: 'viewer', groups: ['viewers'] },
      ],
    });
    try {
      const { code, output } = await runContract(cluster.url);
      const passed = Number(/^# pass (\d+)$/m.exec(output)?.[1]);
      const failures = output
        .split('\n')
        .filter(line => /^\s*(not ok|error:)/.test(line));
      expect(failures).toEqual([]);
      expect(passed).toBeGreaterThan(60);
      expect(code).toBe(0);
    } finally {
      await cluster.close();
    }
  }, 60_000);
});
