import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { World } from '../world/types';
import { createMemoryAdapter } from './MemoryAdapter';

const HOUR = 3600;
const DAY = 24 * HOUR;
const SCOPES = 'openid profile email offline_access';

/** The one client: any portal on this machine, whatever its port. */
export const CLIENT = { id: 'orrery', secret: 'sandbox' } as const;

const CALLBACK = '/api/auth/oidc/handler/frame';

/**
 * An OpenID Connect provider whose accounts are the world's people. Their
 * subject and `preferred_username` is the name of their catalog entity.
 *
 * @param issuer - its address, such as `http://127.0.0.1:7100/oidc`
 */
export async function createProvider(
  issuer: string,
  world: Pick<World, 'people'>,
): Promise<Provider> {
  // The library is an ES module, which the sandbox's own modules are not.
  const { default: ProviderClass } = await import('oidc-provider');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ format: 'jwk' });
  return new ProviderClass(issuer, {
    adapter: createMemoryAdapter(),
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        // Of native clients the port of a loopback address does not count.
        application_type: 'native',
        redirect_uris: [
          `http://localhost${CALLBACK}`,
          `http://127.0.0.1${CALLBACK}`,
        ],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
    },
    findAccount: async (_, id) => {
      const person = world.people.find(({ name }) => name === id);
      return (
        person && {
          accountId: id,
          claims: async () => ({
            sub: id,
            name: person.displayName,
            preferred_username: id,
            email: person.email,
            email_verified: true,
          }),
        }
      );
    },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
    },
    interactions: { url: async (_, { uid }) => `/oidc/interaction/${uid}` },
    jwks: { keys: [{ ...key, use: 'sig', alg: 'RS256', kid: 'sandbox' }] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    pkce: { required: () => false },
    issueRefreshToken: async () => true,
    rotateRefreshToken: false,
    // Whoever picks a person has agreed: there is no second question.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client.clientId,
        accountId: oidc.session.accountId,
      });
      grant.addOIDCScope(SCOPES);
      await grant.save();
      return grant;
    },
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: 60,
      Grant: 14 * DAY,
      IdToken: HOUR,
      Interaction: HOUR,
      RefreshToken: 14 * DAY,
      Session: DAY,
    },
  });
}
