import { ensureGoProgram } from './go-program.mjs';

/**
 * The release that is built. Distributions often carry 3.4, which lacks what
 * a current kube-apiserver needs for streamed lists.
 */
export const etcdVersion = '3.6.16';

const program = `package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() {
	etcdmain.Main(os.Args)
}
`;

/** The path of an etcd: the one that ETCD names, or one built from its Go module. */
export function ensureEtcd({ cacheDirectory, log }) {
  return ensureGoProgram({
    name: 'etcd',
    version: etcdVersion,
    variable: 'ETCD',
    duration: 'about a minute',
    moduleFile: async () =>
      [
        'module orrery.dev/real/etcd',
        'go 1.25.0',
        `require go.etcd.io/etcd/server/v3 v${etcdVersion}`,
        '',
      ].join('\n'),
    program,
    cacheDirectory,
    log,
  });
}
