/**
 * What an action changes, as permission rules see it.
 *
 * @public
 */
export type Target = {
  /** `cluster/namespace/Kind/name`, `cluster/namespace/service/name` or `cluster/namespace`. */
  ref: string;
  cluster: string;
  namespace: string;
  /** Name of its environment. */
  environment: string;
  /** Kubernetes kind, `service`, or `Namespace`. */
  kind: string;
  name: string;
  /** Entity refs of its owners in the catalog; none when it is not there. */
  owners: readonly string[];
  /** The component or resource that it is. */
  entityRef?: string;
};
