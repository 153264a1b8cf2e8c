import { createHash } from 'node:crypto';
import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  meshGraphReadPermission,
  type Sight,
} from '@orrery/backstage-plugin-mesh-common';
import type { OwnerIndex, Owners } from '@orrery/backstage-plugin-orrery-node';
import { LRUCache } from 'lru-cache';

import { meshAppResourceRef, type MeshApp } from './rules';

const KEPT = 200;

type Authorizer = (decision: PolicyDecision, app: MeshApp) => boolean;

/** Decides what each viewer of the mesh sees. */
export interface SightSource {
  /**
   * @returns undefined when everything may be seen
   * @throws NotAllowedError when nothing may.
   */
  of(credentials: BackstageCredentials): Promise<Sight | undefined>;
}

/** Asks the permission framework, and the catalog about owners. */
export class Sights implements SightSource {
  readonly #permissions: PermissionsService;
  readonly #registry: PermissionsRegistryService;
  readonly #owners: OwnerIndex;
  /** People with the same conditions share what they see, and so their graphs. */
  readonly #known = new LRUCache<string, Sight>({ max: KEPT });

  constructor(options: {
    permissions: PermissionsService;
    registry: PermissionsRegistryService;
    owners: OwnerIndex;
  }) {
    this.#permissions = options.permissions;
    this.#registry = options.registry;
    this.#owners = options.owners;
  }

  async of(credentials: BackstageCredentials): Promise<Sight | undefined> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission: meshGraphReadPermission }],
      { credentials },
    );
    if (decision.result === AuthorizeResult.ALLOW) {
      return undefined;
    }
    if (decision.result === AuthorizeResult.DENY) {
      throw new NotAllowedError(
        `The permission ${meshGraphReadPermission.name} is not granted to you`,
      );
    }
    const owners = await this.#owners.read();
    const key = createHash('sha256')
      .update(JSON.stringify([decision, owners.revision]))
      .digest('hex');
    let sight = this.#known.get(key);
    if (!sight) {
      sight = createSight({
        key,
        decision,
        owners,
        authorizer: createConditionAuthorizer(
          this.#registry.getPermissionRuleset(meshAppResourceRef),
        ),
      });
      this.#known.set(key, sight);
    }
    return sight;
  }
}

function createSight(options: {
  key: string;
  decision: PolicyDecision;
  owners: Owners;
  authorizer: Authorizer;
}): Sight {
  const { key, decision, owners, authorizer } = options;
  const known = new Map<string, boolean>();
  const decide = (app: MeshApp) => {
    const name = `${app.cluster}/${app.namespace}/${app.app}`;
    let isSeen = known.get(name);
    if (isSeen === undefined) {
      isSeen = authorizer(decision, app);
      known.set(name, isSeen);
    }
    return isSeen;
  };
  return {
    key,
    sees: item => decide({ ...item, owners: owners.ofApp(item) }),
    // A namespace is seen with anything in it: with any of its owners' eyes.
    seesNamespace: at =>
      decide({ ...at, app: '', owners: owners.ofNamespace(at) }),
  };
}
