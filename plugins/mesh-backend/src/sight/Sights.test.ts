import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { Entity } from '@backstage/catalog-model';
import { OwnerIndex } from '@orrery/backstage-plugin-orrery-node';

import {
  isInCluster,
  isInNamespace,
  isOwnedBy,
  meshAppResourceRef,
  meshRules,
} from './rules';
import { Sights } from './Sights';

function entity(name: string, system: string, owner: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    spec: { type: 'service', system },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

const ENTITIES = [
  entity('order', 'wealth', 'group:default/trade'),
  entity('payment', 'wealth', 'group:default/payments'),
  entity('scoring', 'loan', 'group:default/credit'),
];

function setUp(decision: PolicyDecision, entities: Entity[] = ENTITIES) {
  let now = 0;
  let trouble: Error | undefined;
  const asked: object[] = [];
  const catalog = {
    queryEntities: async (request: object) => {
      asked.push(request);
      if (trouble) {
        throw trouble;
      }
      const isSecond = 'cursor' in request;
      return {
        items: isSecond ? entities.slice(2) : entities.slice(0, 2),
        pageInfo: isSecond ? {} : { nextCursor: 'more' },
        totalItems: entities.length,
      };
    },
  } as Partial<CatalogService> as CatalogService;
  const sights = new Sights({
    permissions: mockServices.permissions.mock({
      authorizeConditional: async () => [decision],
    }),
    registry: mockServices.permissionsRegistry.mock({
      getPermissionRuleset: ref => ({
        getRuleByName: name => {
          const rule = meshRules.find(candidate => candidate.name === name);
          if (!rule || ref.resourceType !== meshAppResourceRef.resourceType) {
            throw new Error(`no rule ${name}`);
          }
          return rule as never;
        },
      }),
    }),
    owners: new OwnerIndex({
      catalog,
      auth: mockServices.auth(),
      logger: mockServices.logger.mock(),
      now: () => now,
    }),
  });
  return {
    asked,
    sight: () => sights.of(mockCredentials.user()),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    fail: (error: Error) => {
      trouble = error;
    },
  };
}

function conditional(
  rule: string,
  params: Record<string, string[]>,
): PolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'mesh',
    resourceType: meshAppResourceRef.resourceType,
    conditions: {
      rule,
      resourceType: meshAppResourceRef.resourceType,
      params,
    },
  };
}

const at = (namespace: string, app: string, cluster = 'kepler') => ({
  cluster,
  namespace,
  app,
});

describe('Sights', () => {
  it('sees all or nothing when there are no conditions', async () => {
    const { sight } = setUp({ result: AuthorizeResult.ALLOW });
    expect(await sight()).toBeUndefined();
    await expect(
      setUp({ result: AuthorizeResult.DENY }).sight(),
    ).rejects.toThrow('mesh.graph.read is not granted to you');
  });

  it('sees what is owned, and the namespaces that it is in', async () => {
    const { sight } = setUp(
      conditional(isOwnedBy.name, { claims: ['group:default/payments'] }),
    );
    const seen = await sight();
    expect(seen?.sees(at('wealth', 'payment'))).toBe(true);
    expect(seen?.sees(at('wealth', 'order'))).toBe(false);
    expect(seen?.sees(at('loan', 'payment'))).toBe(false);
    expect(seen?.seesNamespace(at('wealth', ''))).toBe(true);
    expect(seen?.seesNamespace(at('loan', ''))).toBe(false);
  });

  it('sees namespaces and clusters', async () => {
    const byNamespace = await setUp(
      conditional(isInNamespace.name, { namespaces: ['loan'] }),
    ).sight();
    expect(byNamespace?.sees(at('loan', 'anything'))).toBe(true);
    expect(byNamespace?.sees(at('wealth', 'order'))).toBe(false);
    const byCluster = await setUp(
      conditional(isInCluster.name, { clusters: ['east'] }),
    ).sight();
    expect(byCluster?.sees(at('loan', 'scoring', 'east'))).toBe(true);
    expect(byCluster?.seesNamespace(at('loan', '', 'west'))).toBe(false);
  });

  it('shares one sight among equal conditions, until owners change', async () => {
    const entities = [...ENTITIES];
    const { sight, pass, asked } = setUp(
      conditional(isOwnedBy.name, { claims: ['group:default/credit'] }),
      entities,
    );
    const first = await sight();
    expect(await sight()).toBe(first);
    expect(asked).toHaveLength(2);
    pass(61_000);
    expect(await sight()).toBe(first);
    entities[0] = entity('order', 'wealth', 'group:default/credit');
    pass(61_000);
    const later = await sight();
    expect(later?.key).not.toBe(first?.key);
    expect(later?.sees(at('wealth', 'order'))).toBe(true);
  });

  it('keeps to the last known owners while the catalog is away', async () => {
    const { sight, pass, fail } = setUp(
      conditional(isOwnedBy.name, { claims: ['group:default/credit'] }),
    );
    const first = await sight();
    pass(61_000);
    fail(new Error('catalog is away'));
    expect(await sight()).toBe(first);
  });

  it('sees nothing rather than all when owners were never known', async () => {
    const { sight, fail } = setUp(
      conditional(isOwnedBy.name, { claims: ['group:default/credit'] }),
    );
    fail(new Error('catalog is away'));
    await expect(sight()).rejects.toThrow('catalog is away');
  });
});
