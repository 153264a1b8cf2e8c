import { access, cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findCommand, run } from './command.mjs';

/** The last release whose own modules the Go module proxy has, too. */
export const consulVersion = '1.20.6';

const MODULE = 'github.com/hashicorp/consul';
/** Directories of the repository that its go.mod puts in the place of published modules. */
const NESTED = [
  'api',
  'envoyextensions',
  'proto-public',
  'sdk',
  'troubleshoot',
];

const exists = path =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * The path of a Consul binary: the one that `CONSUL` names, the one built
 * before, or one built now. The module of Consul cannot be installed as it
 * is, because its go.mod replaces modules by directories that it does not
 * contain; it is built from a copy that names the published ones.
 *
 * @param {object} options
 * @param {string} options.cacheDirectory
 * @param {(line: string) => void} options.log
 */
export async function ensureConsul({ cacheDirectory, log }) {
  const given = process.env.CONSUL;
  if (given) {
    if (!(await exists(given))) {
      throw new Error(
        `CONSUL names ${given}, which does not exist: set it to the path of a consul binary`,
      );
    }
    return given;
  }
  const directory = join(cacheDirectory, `consul-${consulVersion}`);
  const binary = join(directory, 'consul');
  if (await exists(binary)) {
    return binary;
  }
  if (!(await findCommand('go'))) {
    throw new Error(
      'A real Consul is built with Go: install Go 1.24 or later, or set CONSUL to the path of a consul binary',
    );
  }
  log(`building consul ${consulVersion}, once: some ten minutes on two cores`);
  const sources = join(directory, 'src');
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const { Dir } = JSON.parse(
    await run(
      'go',
      ['mod', 'download', '-json', `${MODULE}@v${consulVersion}`],
      {
        cwd: directory,
      },
    ),
  );
  await cp(Dir, sources, { recursive: true });
  // What Go keeps of modules is read only.
  await run('chmod', ['-R', 'u+w', sources]);
  const place = {
    cwd: sources,
    env: { CGO_ENABLED: '0', GOFLAGS: '-mod=mod -buildvcs=false' },
  };
  await run(
    'go',
    ['mod', 'edit', ...NESTED.map(name => `-dropreplace=${MODULE}/${name}`)],
    place,
  );
  // Under another name first: a build that is cut short must not look finished.
  await run(
    'go',
    ['build', '-trimpath', '-ldflags', '-s -w', '-o', `${binary}.part`, '.'],
    place,
  );
  await run('mv', [`${binary}.part`, binary]);
  await rm(sources, { recursive: true, force: true });
  return binary;
}
