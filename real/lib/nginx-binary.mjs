import { access, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findCommand, run } from './command.mjs';

const exists = path =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * An nginx: the one on the PATH, or Debian's, unpacked without being
 * installed, so that nothing starts by itself.
 *
 * @param {{ cacheDirectory: string, log: (line: string) => void }} options
 * @returns {Promise<{ command: string, mimeTypes: string }>}
 */
export async function ensureNginx({ cacheDirectory, log }) {
  const installed = await findCommand('nginx');
  if (installed && (await exists('/etc/nginx/mime.types'))) {
    return { command: installed, mimeTypes: '/etc/nginx/mime.types' };
  }
  const directory = join(cacheDirectory, 'nginx');
  const unpacked = {
    command: join(directory, 'root/usr/sbin/nginx'),
    mimeTypes: join(directory, 'root/etc/nginx/mime.types'),
  };
  if (await exists(unpacked.command)) {
    return unpacked;
  }
  try {
    log('fetching nginx');
    await mkdir(directory, { recursive: true });
    await run('apt-get', ['download', 'nginx', 'nginx-common'], {
      cwd: directory,
    });
    const packages = (await readdir(directory)).filter(file =>
      file.endsWith('.deb'),
    );
    for (const file of packages) {
      await run('dpkg', ['-x', file, 'root'], { cwd: directory });
    }
    await run(unpacked.command, ['-v']);
  } catch (error) {
    throw new Error(
      `nginx is needed: install it (Debian: apt-get install nginx-light) (${error.message})`,
    );
  }
  return unpacked;
}
