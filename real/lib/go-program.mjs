import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findCommand, run } from './command.mjs';

async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * The path of a server written in Go: the one that an environment variable
 * names, the one built before, or one built now from the Go module proxy.
 * Its sources stay in Go's module cache; only the binary is kept.
 *
 * @param {object} options
 * @param {string} options.name of the program
 * @param {string} options.version release to build
 * @param {string} options.variable environment variable that may name a binary
 * @param {string} options.duration how long the build takes, for the log
 * @param {() => Promise<string>} options.moduleFile content of `go.mod`
 * @param {string} [options.program] content of `main.go`
 * @param {string} [options.fetch] what to fetch instead: a package with its version
 * @param {string} [options.package] and to build
 * @param {string} [options.linkerFlags]
 * @param {string} options.cacheDirectory
 * @param {(line: string) => void} options.log
 */
export async function ensureGoProgram(options) {
  const { name, version, variable, cacheDirectory, log } = options;
  const given = process.env[variable];
  if (given) {
    if (!(await exists(given))) {
      throw new Error(
        `${variable} names ${given}, which does not exist: set it to the path of a ${name} binary`,
      );
    }
    return given;
  }
  const directory = join(cacheDirectory, `${name}-${version}`);
  const binary = join(directory, name);
  if (await exists(binary)) {
    return binary;
  }
  if (!(await findCommand('go'))) {
    throw new Error(
      `A real ${name} is built with Go: install Go 1.26 or later, or set ${variable} to the path of a ${name} binary`,
    );
  }
  await mkdir(directory, { recursive: true });
  log(`building ${name} ${version}, once: ${options.duration}`);
  await writeFile(join(directory, 'go.mod'), await options.moduleFile());
  if (options.program) {
    await writeFile(join(directory, 'main.go'), options.program);
  }
  const place = {
    cwd: directory,
    env: { CGO_ENABLED: '0', GOFLAGS: '-mod=mod' },
  };
  await run(
    'go',
    options.fetch ? ['get', options.fetch] : ['mod', 'tidy'],
    place,
  );
  const flags = `-s -w ${options.linkerFlags ?? ''}`.trim();
  // Under another name first: a build that is cut short must not look finished.
  await run(
    'go',
    [
      'build',
      '-trimpath',
      '-ldflags',
      flags,
      '-o',
      `${binary}.part`,
      options.package ?? '.',
    ],
    place,
  );
  await run('mv', [`${binary}.part`, binary]);
  return binary;
}
