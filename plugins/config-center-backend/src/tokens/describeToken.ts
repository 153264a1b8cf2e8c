import {
  tokenSecretNameOf,
  type ConfigToken,
} from '@orrery/backstage-plugin-config-center-common';
import type { KeyPlace } from '../keys/KeyPlaces';
import type { ServiceTokens } from './ServiceTokens';

/** What is told of a service's token; never throws. */
export async function describeToken(
  tokens: ServiceTokens,
  place: KeyPlace,
): Promise<ConfigToken> {
  const secret = tokenSecretNameOf(place);
  try {
    const { accessors, secret: found } = await tokens.find(place);
    const accessor = found?.accessor ?? accessors.at(0);
    const known = { secret, ...(accessor && { accessor }) };
    if (accessors.length === 0 && !found) {
      return { state: 'none', secret };
    }
    if (!found) {
      const reason = `Consul has a token, but no Secret ${secret} holds it`;
      return { ...known, state: 'broken', reason };
    }
    return found.accessor && accessors.includes(found.accessor)
      ? { ...known, state: 'present' }
      : {
          ...known,
          state: 'broken',
          reason: `Consul does not know the token that the Secret ${secret} has`,
        };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { state: 'unknown', secret, reason };
  }
}
