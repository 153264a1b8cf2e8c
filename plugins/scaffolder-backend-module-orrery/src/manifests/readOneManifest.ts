import { InputError } from '@backstage/errors';
import type { Manifest } from '@orrery/backstage-plugin-delivery-common';
import { readManifests } from './readManifests';

/**
 * Reads a file of the workspace that holds one object, so that what is applied
 * is what the repository says.
 *
 * @throws InputError where it is not one object of the kind
 */
export async function readOneManifest(
  workspacePath: string,
  path: string,
  kind: string,
): Promise<Manifest> {
  const found = await readManifests(workspacePath, path);
  const [manifest, ...more] = found;
  if (manifest.kind !== kind || more.length > 0) {
    throw new InputError(
      `path: expected one ${kind} at ${path}, got ${found
        .map(each => each.kind)
        .join(', ')}`,
    );
  }
  return manifest;
}
