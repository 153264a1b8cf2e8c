import { readFile } from 'node:fs/promises';
import { run } from './command.mjs';
import { ensureGoProgram } from './go-program.mjs';

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
 * The path of a kube-apiserver: the one that KUBE_APISERVER names, or one
 * built from its Go module (about 3 GB of build cache).
 */
export function ensureApiServer({ cacheDirectory, log }) {
  return ensureGoProgram({
    name: 'kube-apiserver',
    version: kubernetesVersion,
    variable: 'KUBE_APISERVER',
    duration: 'about five minutes',
    moduleFile: () => moduleFile(kubernetesVersion),
    program,
    linkerFlags: `-X k8s.io/component-base/version.gitVersion=v${kubernetesVersion}`,
    cacheDirectory,
    log,
  });
}
