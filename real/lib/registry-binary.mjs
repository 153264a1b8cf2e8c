import { access, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findCommand, run } from './command.mjs';

/**
 * The registry of the distribution project: the one on the PATH, or Debian's,
 * unpacked without being installed, so that nothing starts by itself.
 *
 * @param {{ cacheDirectory: string, log: (line: string) => void }} options
 * @returns {Promise<string>} its path
 */
export async function ensureRegistry({ cacheDirectory, log }) {
  const installed =
    process.env.DOCKER_REGISTRY ?? (await findCommand('docker-registry'));
  if (installed) {
    return installed;
  }
  const directory = join(cacheDirectory, 'docker-registry');
  const unpacked = join(directory, 'root/usr/bin/docker-registry');
  const isThere = await access(unpacked).then(
    () => true,
    () => false,
  );
  if (isThere) {
    return unpacked;
  }
  try {
    log('fetching docker-registry');
    await mkdir(directory, { recursive: true });
    await run('apt-get', ['download', 'docker-registry'], { cwd: directory });
    const [file] = (await readdir(directory)).filter(name =>
      name.endsWith('.deb'),
    );
    await run('dpkg', ['-x', file, 'root'], { cwd: directory });
    await run(unpacked, ['--version']);
  } catch (error) {
    throw new Error(
      `A real registry is needed: install it (Debian: apt-get install docker-registry) or set DOCKER_REGISTRY to its path (${error.message})`,
    );
  }
  return unpacked;
}
