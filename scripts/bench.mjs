/**
 * Benchmarks as JSON lines: `npm run bench`, or `npm run bench -- mesh` for
 * one domain. A value beyond its limit makes the command fail.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './lib/install.mjs';
import { refuseNode } from './lib/node-version.mjs';
import { fail } from './lib/say.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const refusal = refuseNode(process.versions.node);
if (refusal) {
  fail(refusal);
}
await ensureInstalled(root);

const directory = join(root, 'scripts/bench');
const domains = readdirSync(directory)
  .filter(name => name.endsWith('.mjs') && name !== 'support.mjs')
  .map(name => name.replace('.mjs', ''));
const [, , wanted] = process.argv;
if (wanted !== undefined && !domains.includes(wanted)) {
  fail(`Expected one of ${domains.join(', ')}, got "${wanted}".`);
}

let isWithin = true;
// `mesh` is the domain and all its parts, such as `mesh-canvas`.
const chosen = domains.filter(
  name =>
    wanted === undefined || name === wanted || name.startsWith(`${wanted}-`),
);
for (const domain of chosen) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(directory, `${domain}.mjs`)],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let pending = '';
  child.stdout.on('data', chunk => {
    process.stdout.write(chunk);
    const lines = (pending + chunk).split('\n');
    pending = lines.pop();
    for (const line of lines) {
      const { value, limit = Infinity, atLeast = -Infinity } = JSON.parse(line);
      isWithin &&= value <= limit && value >= atLeast;
    }
  });
  const code = await new Promise(resolve => {
    child.on('exit', resolve);
  });
  isWithin &&= code === 0;
}
process.exit(isWithin ? 0 : 1);
