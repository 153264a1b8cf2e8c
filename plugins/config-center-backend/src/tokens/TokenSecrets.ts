import {
  TOKEN_SECRET_KEY,
  tokenSecretNameOf,
} from '@orrery/backstage-plugin-config-center-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import {
  KubernetesError,
  type ClusterClient,
  type KubernetesObject,
  type ObjectMetadata,
  type ResourceType,
} from '@orrery/backstage-plugin-orrery-node';
import type { KeyPlace } from '../keys/KeyPlaces';

const FIELD_MANAGER = 'orrery';
const MANAGED_BY = 'app.kubernetes.io/managed-by';
const SERVICE = 'orrery.dev/consul-token-of';
const ACCESSOR = 'orrery.dev/consul-accessor';

const SECRETS: ResourceType = {
  group: '',
  version: 'v1',
  plural: 'secrets',
  namespaced: true,
};

/** What is known of the Secret of a token; its data is not. */
export type TokenSecret = { version: string; accessor?: string };

/** The Secret that holds the token of one service, and nothing else. */
export class TokenSecrets {
  readonly #client: ClusterClient;

  constructor(client: ClusterClient) {
    this.#client = client;
  }

  /**
   * The Secret of a service, without its data; undefined where there is none.
   *
   * @throws InvalidValueError where one of that name is somebody else's
   */
  async find(place: KeyPlace): Promise<TokenSecret | undefined> {
    const name = tokenSecretNameOf(place);
    const { cluster, namespace } = place;
    let metadata: ObjectMetadata;
    try {
      ({ metadata } = await this.#client.get<KubernetesObject>(
        cluster,
        SECRETS,
        { namespace, name },
      ));
    } catch (error) {
      if (error instanceof KubernetesError && error.statusCode === 404) {
        return undefined;
      }
      throw error;
    }
    const { labels, annotations, uid = '', resourceVersion = '' } = metadata;
    if (
      labels?.[MANAGED_BY] !== FIELD_MANAGER ||
      annotations?.[SERVICE] !== place.service
    ) {
      throw new InvalidValueError(
        'service',
        `a service whose Secret ${name} in ${namespace} is free: the one that is there was not made by Orrery for it`,
        place.app,
      );
    }
    const accessor = annotations[ACCESSOR];
    return {
      version: `${uid}@${resourceVersion}`,
      ...(accessor && { accessor }),
    };
  }

  /** Writes the Secret; a dry run has a text in place of the token. */
  async put(
    place: KeyPlace,
    token: { accessor: string; secret: string },
    dryRun = false,
  ): Promise<void> {
    const { cluster, namespace, app, service } = place;
    const name = tokenSecretNameOf(place);
    await this.#client.patch(
      cluster,
      SECRETS,
      { namespace, name },
      {
        type: 'apply',
        object: {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: {
            name,
            namespace,
            labels: { app, [MANAGED_BY]: FIELD_MANAGER },
            annotations: { [SERVICE]: service, [ACCESSOR]: token.accessor },
          },
          type: 'Opaque',
          data: {
            [TOKEN_SECRET_KEY]: Buffer.from(token.secret).toString('base64'),
          },
        },
      },
      { dryRun, fieldManager: FIELD_MANAGER },
    );
  }

  /** Deletes the Secret; that it is gone already is as good. */
  async remove(place: KeyPlace): Promise<void> {
    const { cluster, namespace } = place;
    try {
      await this.#client.delete(cluster, SECRETS, {
        namespace,
        name: tokenSecretNameOf(place),
      });
    } catch (error) {
      if (!(error instanceof KubernetesError && error.statusCode === 404)) {
        throw error;
      }
    }
  }
}
