import { ensureGoProgram } from './go-program.mjs';

/**
 * The release that is built besides the one that the system has: the
 * long-term one of the third major version. Go modules number 3.5.1 as 0.305.1.
 */
export const prometheusVersion = '3.5.1';

const MODULE = 'github.com/prometheus/prometheus';

function moduleVersion() {
  const [major, minor, patch] = prometheusVersion.split('.');
  return `v0.${major}${minor.padStart(2, '0')}.${patch}`;
}

/** The path of a Prometheus 3: the one that PROMETHEUS_3 names, or one built from its Go module. */
export function ensurePrometheus({ cacheDirectory, log }) {
  return ensureGoProgram({
    name: 'prometheus',
    version: prometheusVersion,
    variable: 'PROMETHEUS_3',
    duration: 'about five minutes',
    moduleFile: async () =>
      ['module orrery.dev/real/prometheus', 'go 1.25.0', ''].join('\n'),
    fetch: `${MODULE}/cmd/prometheus@${moduleVersion()}`,
    package: `${MODULE}/cmd/prometheus`,
    // Its pages are of no use here, and would have to be built first.
    linkerFlags: `-X github.com/prometheus/common/version.Version=${prometheusVersion}`,
    cacheDirectory,
    log,
  });
}
