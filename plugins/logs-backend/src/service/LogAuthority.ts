import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import {
  logsReadPermission,
  RESOURCE_TYPE_LOGS_TARGET,
} from '@orrery/backstage-plugin-logs-common';
import {
  createTargetRules,
  type TargetAuthority,
} from '@orrery/backstage-plugin-orrery-node';
import { LRUCache } from 'lru-cache';
import { askerOf } from './askerOf';
import type { LogReach } from './LogReach';
import type { KnownApps } from './KnownApps';

/** A policy that changes is heeded after this time. */
const DECISION_MILLISECONDS = 5000;

function isUser({ principal }: BackstageCredentials): boolean {
  return (
    typeof principal === 'object' &&
    principal !== null &&
    Reflect.get(principal, 'type') === 'user'
  );
}

/** Decides which lines a caller may read. */
export class LogAuthority {
  readonly #permissions: PermissionsService;
  readonly #registry: PermissionsRegistryService;
  readonly #authority: TargetAuthority;
  readonly #apps: KnownApps;
  readonly #decisions = new LRUCache<string, Promise<PolicyDecision>>({
    max: 1000,
    ttl: DECISION_MILLISECONDS,
  });
  readonly #resourceRef = createTargetRules('logs', RESOURCE_TYPE_LOGS_TARGET)
    .resourceRef;

  constructor(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
    authority: TargetAuthority;
    apps: KnownApps;
  }) {
    this.#permissions = options.permissions;
    this.#registry = options.permissionsRegistry;
    this.#authority = options.authority;
    this.#apps = options.apps;
  }

  /** @throws NotAllowedError when no line at all may be read */
  async requireAny(credentials: BackstageCredentials): Promise<void> {
    await this.#decide(credentials);
  }

  /**
   * The policy's decision for a caller, which holds for some seconds: a page
   * asks five questions at once, and each would ask the policy again.
   */
  #ask(credentials: BackstageCredentials): Promise<PolicyDecision> {
    const ask = () =>
      this.#permissions
        .authorizeConditional([{ permission: logsReadPermission }], {
          credentials,
        })
        .then(([decision]) => decision);
    // Services may act with limits that their name does not tell.
    if (!isUser(credentials)) {
      return ask();
    }
    const caller = askerOf(credentials);
    let asked = this.#decisions.get(caller);
    if (!asked) {
      asked = ask();
      this.#decisions.set(caller, asked);
      // What failed is asked again.
      asked.catch(() => this.#decisions.delete(caller));
    }
    return asked;
  }

  async #decide(credentials: BackstageCredentials) {
    const decision = await this.#ask(credentials);
    if (decision.result === AuthorizeResult.DENY) {
      throw new NotAllowedError(
        `The permission ${logsReadPermission.name} is not granted to you`,
      );
    }
    return decision;
  }

  /**
   * What the caller may read of what they ask for. Where a policy sets
   * conditions, namespaces are decided whole, and where one may not be read
   * whole, each of its apps is.
   *
   * @throws NotAllowedError when that is nothing
   */
  async reach(
    asked: { cluster: string; namespaces: readonly string[]; app?: string },
    credentials: BackstageCredentials,
  ): Promise<LogReach> {
    const { cluster, app } = asked;
    const decision = await this.#decide(credentials);
    if (decision.result === AuthorizeResult.ALLOW) {
      return asked.namespaces.length === 0
        ? {}
        : {
            namespaces: new Map(
              asked.namespaces.map(name => [name, undefined]),
            ),
          };
    }
    if (decision.result !== AuthorizeResult.CONDITIONAL) {
      throw new NotAllowedError(
        `The permission ${logsReadPermission.name} is not granted to you`,
      );
    }
    const authorize = createConditionAuthorizer(
      this.#registry.getPermissionRuleset(this.#resourceRef),
    );
    const may = async (ref: string) =>
      authorize(decision, await this.#authority.resolve(ref));
    const known = await this.#apps.read(cluster);
    const candidates =
      asked.namespaces.length > 0 ? asked.namespaces : [...known.keys()];
    const namespaces = new Map<string, ReadonlySet<string> | undefined>();
    await Promise.all(
      candidates.map(async namespace => {
        if (await may(`${cluster}/${namespace}`)) {
          namespaces.set(namespace, undefined);
          return;
        }
        const names = new Set(known.get(namespace));
        if (app !== undefined) {
          names.add(app);
        }
        const allowed = new Set<string>();
        for (const name of names) {
          if (await may(`${cluster}/${namespace}/service/${name}`)) {
            allowed.add(name);
          }
        }
        if (allowed.size > 0) {
          namespaces.set(namespace, allowed);
        }
      }),
    );
    if (namespaces.size === 0) {
      throw new NotAllowedError(
        `You may not read lines of ${
          asked.namespaces.join(', ') || cluster
        }: the permission ${
          logsReadPermission.name
        } is not granted to you on it`,
      );
    }
    // In one order, so that equal reaches are equal questions.
    return {
      namespaces: new Map(
        [...namespaces].sort(([left], [right]) => left.localeCompare(right)),
      ),
    };
  }
}
