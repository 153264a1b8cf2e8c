import { spawn } from 'node:child_process';

/**
 * Runs files with Node's own test runner and counts what it says.
 *
 * @param {{ root: string, files: string[], env?: NodeJS.ProcessEnv }} options
 */
export function runNodeTests({ root, files, env = process.env }) {
  return new Promise(resolve => {
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        '--test',
        '--test-reporter=tap',
        '--test-concurrency=1',
        ...files,
      ],
      { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let text = '';
    child.stdout.on('data', chunk => {
      text += chunk;
      process.stdout.write(chunk);
    });
    child.on('exit', () => {
      const count = name =>
        Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
      const failures = [...text.matchAll(/^\s*not ok \d+ - (.*)$/gm)].map(
        match => match[1],
      );
      const failed = count('fail') + count('cancelled');
      resolve({
        passed: count('pass'),
        // A runner that died before its summary has passed nothing.
        failed: count('tests') === 0 ? Math.max(1, failed) : failed,
        skipped: count('skipped') + count('todo'),
        failures,
      });
    });
  });
}
