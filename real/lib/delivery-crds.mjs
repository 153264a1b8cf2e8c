import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { run } from './command.mjs';

/** The releases whose definitions are loaded. */
const sources = [
  {
    name: 'argo-rollouts',
    module: 'github.com/argoproj/argo-rollouts',
    version: 'v1.9.0',
    directory: 'manifests/crds',
    matches: /-crd\.yaml$/,
  },
  {
    name: 'flagger',
    module: 'github.com/fluxcd/flagger',
    version: 'v1.36.1',
    directory: 'artifacts/flagger',
    matches: /^crd\.yaml$/,
  },
  {
    name: 'gateway-api',
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.3.0',
    directory: 'config/crd/standard',
    matches: /\.yaml$/,
  },
  {
    name: 'prometheus-operator',
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    directory: 'example/prometheus-operator-crd',
    matches: /_prometheusrules\.yaml$/,
  },
];

async function load({ name, module, version, directory, matches }, options) {
  const { cacheDirectory, log } = options;
  const file = join(cacheDirectory, `${name}-crds-${version}.yaml`);
  let content = await readFile(file, 'utf8').catch(() => undefined);
  if (content === undefined) {
    log(`fetching ${name} ${version}'s custom resource definitions`);
    const download = JSON.parse(
      await run('go', ['mod', 'download', '-json', `${module}@${version}`]),
    );
    const from = join(download.Dir, directory);
    const names = (await readdir(from)).filter(entry => matches.test(entry));
    const parts = await Promise.all(
      names.map(entry => readFile(join(from, entry), 'utf8')),
    );
    content = parts.join('\n---\n');
    await mkdir(cacheDirectory, { recursive: true });
    await writeFile(file, content);
  }
  return parseAllDocuments(content)
    .map(document => document.toJS())
    .filter(document => document?.kind === 'CustomResourceDefinition');
}

/**
 * The CustomResourceDefinitions of Argo Rollouts, Flagger, the Gateway API and Prometheus's
 * operator (its rules), from their published Go modules. Without access to a module proxy there are none, which
 * is said: their contract is then skipped by name.
 */
export async function loadDeliveryCrds(options) {
  const loaded = await Promise.all(
    sources.map(source =>
      load(source, options).catch(error => {
        options.log(
          `SKIPPED: ${source.name}'s custom resource definitions come from the Go module ${source.module}, which could not be had (${error.message})`,
        );
        return [];
      }),
    ),
  );
  return loaded.flat();
}
