import { ordinaryBehaviour } from '../defaults';
import type { ExternalHost } from '../types';

/** A partner's host that does what it should. */
function partner(
  host: string,
  latencyMilliseconds: number,
  operation: { method: string; path: string },
): ExternalHost {
  return {
    host,
    port: 80,
    behaviour: {
      ...ordinaryBehaviour,
      latencyMilliseconds,
      capacityPerPod: Infinity,
    },
    operations: [{ ...operation, share: 1 }],
    requestBytes: 1200,
    responseBytes: 700,
  };
}

/**
 * Hosts outside: the bank by its own ServiceEntry, the card network's two hosts
 * by one, the rating agency by a wildcard, the exchange over the egress gateway;
 * the market data feed is declared by nobody.
 */
export const externalHosts: readonly ExternalHost[] = [
  {
    host: 'bank.example',
    port: 80,
    behaviour: {
      ...ordinaryBehaviour,
      latencyMilliseconds: 180,
      latencySpread: 0.6,
      capacityPerPod: Infinity,
      errors: [
        { code: 429, share: 0.004, message: 'rate limited by the bank' },
        { code: 502, share: 0.006, message: 'bad gateway at the bank' },
      ],
    },
    operations: [{ method: 'POST', path: '/v1/transfers', share: 1 }],
    requestBytes: 1800,
    responseBytes: 900,
  },
  {
    host: 'feed.marketdata.example',
    port: 80,
    behaviour: {
      ...ordinaryBehaviour,
      latencyMilliseconds: 60,
      capacityPerPod: Infinity,
    },
    operations: [{ method: 'GET', path: '/ticks', share: 1 }],
    requestBytes: 300,
    responseBytes: 14000,
  },
  partner('cards.network.example', 90, { method: 'POST', path: '/captures' }),
  partner('clearing.network.example', 140, {
    method: 'POST',
    path: '/settlements',
  }),
  partner('api.rating.example', 70, { method: 'GET', path: '/ratings' }),
  partner('exchange.example', 40, { method: 'GET', path: '/net-values' }),
];
