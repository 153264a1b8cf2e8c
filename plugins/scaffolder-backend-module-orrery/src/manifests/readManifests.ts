import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { InputError } from '@backstage/errors';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import {
  manifestSchema,
  type Manifest,
} from '@orrery/backstage-plugin-delivery-common';
import { parseAllDocuments } from 'yaml';

const MOST_OBJECTS = 60;

/** `*` is anything but a slash; a folder is all below it. */
function matcherOf(pattern: string): RegExp {
  const clean = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
  const body = clean
    .split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]*');
  return new RegExp(`^${body}${/\.ya?ml$/.test(clean) ? '' : '(/.*)?'}$`);
}

function parse(text: string, name: string): Manifest[] {
  return parseAllDocuments(text).flatMap(document => {
    const [error] = document.errors;
    if (error) {
      throw new InputError(`${name} is not YAML: ${error.message}`);
    }
    const value: unknown = document.toJS();
    if (value === null) {
      return [];
    }
    const result = manifestSchema.safeParse(value);
    if (!result.success) {
      const [issue] = result.error.issues;
      throw new InputError(
        `${name} is not a manifest: ${issue.path.join('.')}: ${issue.message}`,
      );
    }
    return [result.data];
  });
}

/**
 * Reads the manifests of a workspace.
 *
 * @param path - a folder, a file, or files by `*`, below the workspace
 * @throws InputError that names the file
 */
export async function readManifests(
  workspacePath: string,
  path: string,
): Promise<Manifest[]> {
  // Refuses what leads out of the workspace.
  resolveSafeChildPath(workspacePath, path.replace(/\*/g, '_'));
  const matcher = matcherOf(path);
  const files = (await readdir(workspacePath, { recursive: true }))
    .map(name => relative('.', name))
    .filter(name => /\.ya?ml$/.test(name) && matcher.test(name))
    .sort();
  if (files.length === 0) {
    throw new InputError(`path: there is no manifest at ${path}`);
  }
  const manifests: Manifest[] = [];
  for (const name of files) {
    const text = await readFile(join(workspacePath, name), 'utf8');
    manifests.push(...parse(text, name));
  }
  if (manifests.length > MOST_OBJECTS) {
    throw new InputError(
      `path: expected at most ${MOST_OBJECTS} objects, got ${manifests.length}`,
    );
  }
  return manifests;
}
