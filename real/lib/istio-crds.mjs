import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { run } from './command.mjs';

/** The release of Istio whose definitions are loaded. */
export const istioVersion = '1.30.1';

/**
 * Istio's CustomResourceDefinitions as objects. They are taken from the
 * published Go module of Istio's API and kept in the cache; ISTIO_CRDS names
 * a file to use instead.
 */
export async function loadIstioCrds({ cacheDirectory, log }) {
  const file =
    process.env.ISTIO_CRDS ??
    join(cacheDirectory, `istio-crds-${istioVersion}.yaml`);
  let content = await readFile(file, 'utf8').catch(() => undefined);
  if (content === undefined) {
    log(`fetching Istio ${istioVersion}'s custom resource definitions`);
    let download;
    try {
      download = JSON.parse(
        await run('go', [
          'mod',
          'download',
          '-json',
          `istio.io/api@v${istioVersion}`,
        ]),
      );
    } catch (error) {
      throw new Error(
        `Istio's custom resource definitions come from the Go module istio.io/api: install Go with access to a module proxy, or set ISTIO_CRDS to a YAML file of them (${error.message})`,
      );
    }
    await mkdir(cacheDirectory, { recursive: true });
    await copyFile(
      join(download.Dir, 'kubernetes', 'customresourcedefinitions.gen.yaml'),
      file,
    );
    content = await readFile(file, 'utf8');
  }
  return parseAllDocuments(content)
    .map(document => document.toJS())
    .filter(Boolean);
}
