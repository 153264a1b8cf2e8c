import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The full path of a program, or undefined when it is not on the PATH. */
export async function findCommand(name) {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = join(directory, name);
    try {
      await access(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not here: the next directory may have it.
    }
  }
  return undefined;
}

/** Runs a program to its end and answers its standard output; throws with its last lines when it fails. */
export function run(command, commandArguments, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', chunk => {
      output += chunk;
    });
    child.stderr.on('data', chunk => {
      errors = `${errors}${chunk}`.slice(-4000);
    });
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) {
        resolve(output);
      } else {
        const last = errors.trim().split('\n').slice(-5).join('\n');
        reject(
          new Error(
            `${command} ${commandArguments[0]} failed (${code}): ${last}`,
          ),
        );
      }
    });
  });
}
