import { parse } from 'yaml';
import { isObject } from './differences';
import type { ManifestKey } from './editManifest';
import { GitUnknownError } from './GitUnknownError';

const KUSTOMIZATION = /^kustomization\.ya?ml$/i;

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Fields of a kustomization that change what its manifests say. */
const BUILDERS = ['patches', 'patchesStrategicMerge', 'patchesJson6902'];

/**
 * Refuses folders whose files are not what comes to the cluster: a chart, or
 * a kustomization that writes over them. A change of the file would change
 * nothing there, or too much elsewhere.
 *
 * @throws GitUnknownError that names the file that decides
 */
export function refuseBuilt(
  files: readonly { file: string; text: string }[],
  folder: string,
  { kind, name }: ManifestKey,
): void {
  const prefix = folder ? `${folder}/` : '';
  const top = files.filter(
    ({ file }) =>
      file.startsWith(prefix) && !file.slice(prefix.length).includes('/'),
  );
  const baseName = (file: string) => file.slice(prefix.length);
  const chart = top.find(({ file }) => /^Chart\.ya?ml$/.test(baseName(file)));
  if (chart) {
    throw new GitUnknownError(
      `It is made from the Helm chart ${chart.file}, whose values decide`,
    );
  }
  const kustomization = top.find(({ file }) =>
    KUSTOMIZATION.test(baseName(file)),
  );
  if (!kustomization) {
    return;
  }
  const object = objectIn(kustomization.text);
  const lists = (field: string) => {
    const value = object[field];
    return Array.isArray(value) ? value : [];
  };
  const outside = lists('resources')
    .filter(each => typeof each === 'string')
    .filter(each => each.startsWith('..') || each.includes('://'));
  const decisive = [
    ...BUILDERS.filter(field => lists(field).length > 0),
    ...(lists('images').length > 0 ? ['images'] : []),
    ...(lists('replicas').some(each => isObject(each) && each.name === name)
      ? ['replicas']
      : []),
  ];
  if (outside.length > 0) {
    throw new GitUnknownError(
      `${kustomization.file} takes it from elsewhere (${outside.join(
        ', ',
      )}), where a change may reach other environments too`,
    );
  }
  if (decisive.length > 0) {
    throw new GitUnknownError(
      `${
        kustomization.file
      } writes over what the manifest of ${kind} ${name} says (${decisive.join(
        ', ',
      )})`,
    );
  }
}
