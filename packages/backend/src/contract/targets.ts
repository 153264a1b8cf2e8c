/** A Kubernetes API server to hold the contract against. */
export type ContractTarget = {
  name: string;
  url: string;
  /** PEM of its certificate authority, for https. */
  caData?: string;
  /** A token that may do everything. */
  adminToken: string;
  /** A token that may not list secrets. */
  readerToken: string;
};

/**
 * A real server to test as well, from `ORRERY_CONTRACT_KUBERNETES`, which
 * `npm run test:real` sets.
 */
export function realTarget(): ContractTarget | undefined {
  const text = process.env.ORRERY_CONTRACT_KUBERNETES;
  return text ? JSON.parse(text) : undefined;
}
