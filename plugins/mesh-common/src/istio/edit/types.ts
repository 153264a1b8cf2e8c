/**
 * An object of the mesh as the API server gives it. Edits read only what they
 * are about and carry everything else along, in its order.
 *
 * @public
 */
export type MeshObject = {
  apiVersion?: string;
  kind?: string;
  metadata: { name: string; namespace?: string; [field: string]: unknown };
  [field: string]: unknown;
};

/**
 * A share of the requests in percent. Without a subset it is the host's as a
 * whole; in an HTTPRoute the subset is the name of a Service.
 *
 * @public
 */
export type SubsetWeight = { subset?: string; weight: number };

/**
 * A condition on one request header, by Istio's three ways.
 *
 * @public
 */
export type HeaderMatch = {
  name: string;
  type: 'exact' | 'prefix' | 'regex';
  value: string;
};
