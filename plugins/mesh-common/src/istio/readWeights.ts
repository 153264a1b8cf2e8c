import type { MeshObject, SubsetWeight } from './edit';
import { asObject } from './edit/json';
import { readVirtualServiceWeights } from './edit/weights';
import { readBackendWeights } from './httpRoute/backendWeights';

/** Objects of a list come without their kind. */
function isHttpRoute({ kind, spec }: MeshObject): boolean {
  return kind === undefined ? 'rules' in asObject(spec) : kind === 'HTTPRoute';
}

/**
 * How an object shares the ordinary requests to a host, in percent: by subset
 * for a VirtualService, by Service (as `subset`) for an HTTPRoute.
 *
 * @param host - a short one is relative to the object's namespace
 * @returns undefined when no route leads to the host
 * @public
 */
export function readWeights(
  object: MeshObject,
  host: string,
): SubsetWeight[] | undefined {
  try {
    return isHttpRoute(object)
      ? readBackendWeights(object, host)
      : readVirtualServiceWeights(object, host);
  } catch (error) {
    if (error instanceof Error && error.name === 'InputError') {
      return undefined;
    }
    throw error;
  }
}
