import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findCommand, run } from './command.mjs';

const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';

/** The home of the Java that is on the PATH. */
export async function findJava() {
  const java = await findCommand('java');
  if (!java) {
    throw new Error(
      'Java 17 or later is needed: install it (Debian: apt-get install openjdk-17-jre-headless)',
    );
  }
  return java;
}

/**
 * Fetches a file from a Maven repository with the ordinary client, once, and
 * answers its path.
 *
 * @param {object} options
 * @param {string} options.artifact `group:name:version:type[:classifier]`
 * @param {string} options.directory where it is kept
 * @param {(line: string) => void} options.log
 */
export async function ensureArtifact({ artifact, directory, log }) {
  const [, name, version] = artifact.split(':');
  const find = async () =>
    (await readdir(directory).catch(() => [])).find(file =>
      file.startsWith(`${name}-${version}`),
    );
  const found = await find();
  if (found) {
    return join(directory, found);
  }
  const maven = await findCommand('mvn');
  if (!maven) {
    throw new Error(
      `${name} ${version} comes from a Maven repository: install Maven (Debian: apt-get install maven)`,
    );
  }
  log(`fetching ${name} ${version}`);
  await mkdir(directory, { recursive: true });
  await run(maven, [
    '-q',
    '-B',
    COPY,
    `-Dartifact=${artifact}`,
    `-DoutputDirectory=${directory}`,
  ]);
  const fetched = await find();
  if (!fetched) {
    throw new Error(`${artifact} could not be had`);
  }
  return join(directory, fetched);
}
