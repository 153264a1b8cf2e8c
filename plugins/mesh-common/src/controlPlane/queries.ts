/** Names of the queries about control planes. @public */
export type ControlPlaneQueryName =
  | 'proxies'
  | 'rejects'
  | 'errors'
  | 'invalid'
  | 'pushes'
  | 'convergence'
  | 'rootExpiry'
  | 'chainExpiry'
  | 'proxyExpiry';

const WINDOW = '[5m]';

/**
 * PromQL about control planes, all clusters of one Prometheus at once. Rates
 * are over five minutes.
 *
 * @public
 */
export const CONTROL_PLANE_QUERIES: Record<ControlPlaneQueryName, string> = {
  /** Connected proxies by version. */
  proxies: 'sum by (version) (pilot_xds)',
  /** Rejected pushes per second by kind. */
  rejects: `sum by (type) (rate(pilot_total_xds_rejects${WINDOW})) > 0`,
  errors: `sum (rate(pilot_total_xds_internal_errors${WINDOW}))`,
  /** Objects that the webhook refused, per second. */
  invalid: `sum by (resource, reason) (rate(galley_validation_failed${WINDOW})) > 0`,
  pushes: `sum (rate(pilot_xds_pushes${WINDOW}))`,
  /** Seconds from a change until proxies have it. */
  convergence: `histogram_quantile(0.99, sum by (le) (rate(pilot_proxy_convergence_time_bucket${WINDOW})))`,
  /** Unix times in seconds. */
  rootExpiry: 'min (citadel_server_root_cert_expiry_timestamp)',
  chainExpiry: 'min (citadel_server_cert_chain_expiry_timestamp > 0)',
  /** Seconds that the certificate of the worst proxy still has. */
  proxyExpiry: 'min (istio_agent_cert_expiry_seconds)',
};
