/** How long `npm start` takes until the mesh is served. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePorts } from '../lib/ports.mjs';
import { report, root } from './support.mjs';

const ports = await freePorts();
const startedAt = performance.now();
const child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
  cwd: root,
  env: {
    ...process.env,
    ORRERY_APP_PORT: String(ports.app),
    ORRERY_BACKEND_PORT: String(ports.backend),
    ORRERY_SANDBOX_PORT: String(ports.sandbox),
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const exit = new Promise(resolve => {
  child.on('exit', resolve);
});
let output = '';
await new Promise((resolve, reject) => {
  child.stdout.on('data', chunk => {
    output += chunk;
    if (output.includes('Orrery is ready')) {
      resolve();
    }
  });
  exit.then(() => reject(new Error(`npm start ended:\n${output}`)));
});
report('portal.ready', (performance.now() - startedAt) / 1000, 's', {
  limit: 60,
});
child.kill('SIGINT');
await exit;
