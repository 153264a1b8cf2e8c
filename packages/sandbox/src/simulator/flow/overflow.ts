/**
 * Share of requests that find all `limit` places taken when `offered` of them
 * are in flight on average (Erlang's loss formula, computed by its recursion).
 */
export function overflowShare(
  offered: number,
  limit: number | undefined,
): number {
  // Far below the limit the share is too small to be worth the loop.
  if (limit === undefined || offered * 3 < limit) return 0;
  let blocked = 1;
  for (let places = 1; places <= limit; places++) {
    blocked = (offered * blocked) / (places + offered * blocked);
  }
  return blocked;
}

/** How much slower a workload is at a utilisation (load over capacity): nothing up to 60 %, then growing fast. */
export function slowdown(utilisation: number): number {
  if (utilisation <= 0.6) return 1;
  return 1 + 6 * ((Math.min(utilisation, 1.5) - 0.6) / 0.4) ** 3;
}

/** Share of requests that a workload beyond its capacity refuses. */
export function shedShare(utilisation: number): number {
  return utilisation <= 1 ? 0 : 1 - 1 / utilisation;
}
