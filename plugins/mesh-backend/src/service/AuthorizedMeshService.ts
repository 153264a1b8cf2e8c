import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { meshGraphReadPermission } from '@orrery/backstage-plugin-mesh-common';
import type { MeshService } from './types';

/** Lets through those who may read the mesh. */
export class AuthorizedMeshService implements MeshService {
  readonly #service: MeshService;
  readonly #permissions: PermissionsService;

  constructor(service: MeshService, permissions: PermissionsService) {
    this.#service = service;
    this.#permissions = permissions;
  }

  graph: MeshService['graph'] = async (query, credentials) => {
    await this.#authorize(credentials);
    return this.#service.graph(query, credentials);
  };

  node: MeshService['node'] = async (id, query, credentials) => {
    await this.#authorize(credentials);
    return this.#service.node(id, query, credentials);
  };

  history: MeshService['history'] = async (query, credentials) => {
    await this.#authorize(credentials);
    return this.#service.history(query, credentials);
  };

  summaries: MeshService['summaries'] = async (query, credentials) => {
    await this.#authorize(credentials);
    return this.#service.summaries(query, credentials);
  };

  async #authorize(credentials: BackstageCredentials): Promise<void> {
    const [decision] = await this.#permissions.authorize(
      [{ permission: meshGraphReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `The permission ${meshGraphReadPermission.name} is not granted to you`,
      );
    }
  }
}
