import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findCommand, run } from './command.mjs';

/** The release that is built when no binary is given. */
export const kubernetesVersion = '1.36.3';

const program = `package main

import (
	"os"

	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() {
	os.Exit(cli.Run(app.NewAPIServerCommand()))
}
`;

async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * A module that does nothing but depend on Kubernetes. Upstream requires its
 * own staging modules at v0.0.0, which exist nowhere: each is replaced by its
 * published release, v1.X.Y of Kubernetes being v0.X.Y there.
 */
async function moduleFile(version) {
  const download = JSON.parse(
    await run('go', [
      'mod',
      'download',
      '-json',
      `k8s.io/kubernetes@v${version}`,
    ]),
  );
  const upstream = await readFile(download.GoMod, 'utf8');
  const goLine = /^go .+$/m.exec(upstream)?.[0] ?? 'go 1.26.0';
  const staging = [
    ...new Set(
      [...upstream.matchAll(/^\s+(k8s\.io\/[a-z-]+) v0\.0\.0$/gm)].map(
        match => match[1],
      ),
    ),
  ];
  const published = `v0${version.slice(1)}`;
  return [
    'module orrery.dev/real/apiserver',
    goLine,
    `require k8s.io/kubernetes v${version}`,
    'replace (',
    ...staging.map(name => `\t${name} => ${name} ${published}`),
    ')',
    '',
  ].join('\n');
}

/**
 * The path of a kube-apiserver: the one that KUBE_APISERVER names, the one
 * built before, or one built now from the Go module proxy (about five
 * minutes, about 3 GB of build cache).
 */
export async function ensureApiServer({ cacheDirectory, log }) {
  const given = process.env.KUBE_APISERVER;
  if (given) {
    if (!(await exists(given))) {
      throw new Error(
        `KUBE_APISERVER names ${given}, which does not exist: set it to the path of a kube-apiserver binary`,
      );
    }
    return given;
  }
  const directory = join(cacheDirectory, `kube-apiserver-${kubernetesVersion}`);
  const binary = join(directory, 'kube-apiserver');
  if (await exists(binary)) {
    return binary;
  }
  if (!(await findCommand('go'))) {
    throw new Error(
      'A real kube-apiserver is built with Go: install Go 1.26 or later, or set KUBE_APISERVER to the path of a kube-apiserver binary',
    );
  }
  await mkdir(directory, { recursive: true });
  log(`building kube-apiserver ${kubernetesVersion}, once: about five minutes`);
  await writeFile(
    join(directory, 'go.mod'),
    await moduleFile(kubernetesVersion),
  );
  await writeFile(join(directory, 'main.go'), program);
  const env = { CGO_ENABLED: '0', GOFLAGS: '-mod=mod' };
  await run('go', ['mod', 'tidy'], { cwd: directory, env });
  const versionFlag = `-X k8s.io/component-base/version.gitVersion=v${kubernetesVersion}`;
  await run(
    'go',
    [
      'build',
      '-trimpath',
      '-ldflags',
      `-s -w ${versionFlag}`,
      '-o',
      binary,
      '.',
    ],
    { cwd: directory, env },
  );
  return binary;
}
