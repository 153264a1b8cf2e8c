import {
  policyNameOf,
  policyRulesOf,
  tokenDescriptionOf,
  tokenSecretNameOf,
} from '@orrery/backstage-plugin-config-center-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { ClusterClient } from '@orrery/backstage-plugin-orrery-node';
import { ensurePolicy } from '../actions/prefixPolicy';
import type { KeyPlace } from '../keys/KeyPlaces';
import type { ConsulPolicy, ConsulTokenStub } from '../sources/answers';
import type { ConsulClient } from '../sources/ConsulClient';
import { TokenSecrets, type TokenSecret } from './TokenSecrets';

/** The token of a service, as far as anyone may know it. */
export type ServiceToken = {
  policy?: ConsulPolicy;
  /** Accessors of tokens that Orrery made for the service. */
  accessors: string[];
  secret?: TokenSecret;
};

/**
 * Tokens with which services read their own prefix, each in a Secret of its
 * namespace. A token goes from Consul to the cluster and nowhere else.
 */
export class ServiceTokens {
  readonly #consul: ConsulClient;
  readonly #secrets: TokenSecrets;

  constructor(options: { consul: ConsulClient; client: ClusterClient }) {
    this.#consul = options.consul;
    this.#secrets = new TokenSecrets(options.client);
  }

  /**
   * What there is of a service's token.
   *
   * @throws InvalidValueError where the policy reads more than the prefix, a
   *   token with our description has more than that policy, or the Secret is
   *   somebody else's
   */
  async find(place: KeyPlace): Promise<ServiceToken> {
    const name = policyNameOf(place);
    const policy = await this.#consul.policyNamed(name);
    const secret = await this.#secrets.find(place);
    if (policy && policy.Rules.trim() !== policyRulesOf(place.prefix).trim()) {
      throw new InvalidValueError(
        'service',
        `a service whose ACL policy ${name} reads ${place.prefix} alone: somebody gave the one in Consul other rules`,
        place.app,
      );
    }
    const tokens = policy ? await this.#own(place, policy) : [];
    const strange = tokens.find(token => !hasOnly(token, name));
    if (strange) {
      throw new InvalidValueError(
        'service',
        `a service whose token has the policy ${name} alone: somebody gave ${strange.AccessorID} more`,
        place.app,
      );
    }
    return {
      ...(policy && { policy }),
      accessors: tokens.map(({ AccessorID }) => AccessorID).sort(),
      ...(secret && { secret }),
    };
  }

  async #own(
    place: KeyPlace,
    { ID }: ConsulPolicy,
  ): Promise<ConsulTokenStub[]> {
    const description = tokenDescriptionOf(place);
    const tokens = await this.#consul.tokensOf(ID);
    return tokens.filter(({ Description }) => Description === description);
  }

  /** Has the API server check that the Secret could be written. */
  async tryOut(place: KeyPlace, { accessors }: ServiceToken): Promise<void> {
    const accessor = accessors.at(0) ?? 'to-be-made';
    await this.#secrets.put(place, { accessor, secret: 'not yet' }, true);
  }

  /**
   * Puts the service's token into its Secret; makes policy and token where
   * they are not there. A token that is new and cannot be kept is deleted.
   *
   * @returns the accessor
   */
  async ensure(place: KeyPlace, found: ServiceToken): Promise<string> {
    await ensurePolicy({ consul: this.#consul }, place);
    const [known] = found.accessors;
    const token = known
      ? await this.#consul.token(known)
      : await this.#consul.createToken({
          description: tokenDescriptionOf(place),
          policy: policyNameOf(place),
        });
    const { AccessorID: accessor, SecretID: secret } = token;
    try {
      await this.#secrets.put(place, { accessor, secret });
    } catch (error) {
      const outcome = known
        ? `The token ${accessor} was there before and stays`
        : await this.#consul.deleteToken(accessor).then(
            () => `The new token ${accessor} is deleted again`,
            () => `The new token ${accessor} could not be deleted again`,
          );
      throw refusalOf(place, error, secret, outcome);
    }
    return accessor;
  }

  /**
   * Deletes the Secret first, so that nothing reads what is no longer valid,
   * and then the tokens that Orrery made for the service.
   */
  async remove(
    place: KeyPlace,
    { accessors, secret }: ServiceToken,
  ): Promise<void> {
    if (secret) {
      await this.#secrets.remove(place);
    }
    for (const accessor of accessors) {
      await this.#consul.deleteToken(accessor);
    }
  }
}

function hasOnly(token: ConsulTokenStub, policy: string): boolean {
  const { Policies, Roles, ServiceIdentities, NodeIdentities } = token;
  return (
    Policies.length === 1 &&
    Policies[0].Name === policy &&
    Roles.length === 0 &&
    (ServiceIdentities ?? []).length === 0 &&
    (NodeIdentities ?? []).length === 0
  );
}

/** The server's refusal; whatever it quotes, the token is not in it. */
function refusalOf(
  place: KeyPlace,
  error: unknown,
  secret: string,
  outcome: string,
): Error {
  const said = error instanceof Error ? error.message : String(error);
  const encoded = Buffer.from(secret).toString('base64');
  const reason = said.replaceAll(secret, '…').replaceAll(encoded, '…');
  const refusal = new Error(
    `The Secret ${tokenSecretNameOf(
      place,
    )} was not written: ${reason}. ${outcome}`,
  );
  refusal.name = error instanceof Error ? error.name : refusal.name;
  return refusal;
}
