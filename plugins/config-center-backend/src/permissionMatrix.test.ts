import { TestDatabases } from '@backstage/backend-test-utils';
import {
  configApprovalPermissions,
  RESOURCE_TYPE_CONFIG_CENTER_TARGET,
} from '@orrery/backstage-plugin-config-center-common';
import { DEFAULT_NAMING } from '@orrery/backstage-plugin-orrery-common';
import type { OrreryConfig } from '@orrery/backstage-plugin-orrery-node';
import {
  createPermissionMatrix,
  MATRIX_ENVIRONMENTS,
  MATRIX_PERSONAS,
  MATRIX_PROMISES,
  type MatrixEnvironment,
  type MatrixPersona,
} from '@orrery/backstage-plugin-orrery-node/testUtils';
import { OrreryPolicy } from '@orrery/backstage-plugin-permission-backend-module-orrery';
import { MemoryConsul } from './__testUtils__/MemoryConsul';
import { ObjectCluster } from './__testUtils__/startConfig';
import { createConfigMapActions } from './actions/createConfigMapActions';
import { createKeyActions } from './actions/createKeyActions';
import { ConfigMapHistory } from './configMaps/ConfigMapHistory';
import { openDatabase } from './database/openDatabase';
import { changeId, HistoryStore } from './history/HistoryStore';
import { KeyPlaces } from './keys/KeyPlaces';
import { ConsulClient } from './sources/ConsulClient';
import { createTokenActions } from './tokens/createTokenActions';
import { ServiceTokens } from './tokens/ServiceTokens';

const NAMESPACES = { test: 'wealth-test', production: 'wealth' };
const personas = Object.keys(MATRIX_PERSONAS) as MatrixPersona[];
const environments: MatrixEnvironment[] = ['test', 'production'];

const CHANGE = {
  key: 'a',
  change: 'set' as const,
  at: '2026-11-26T10:00:00.000Z',
  by: 'orrery' as const,
  modifyIndex: 1,
  consulIndex: 1,
  after: 'older',
};
const changeOf = (namespace: string) => {
  const draft = { ...CHANGE, prefix: `${namespace}.payment/` };
  return { ...draft, id: changeId(draft) };
};

const changeOfMap = (configMap: string) => {
  const draft = { ...CHANGE, key: 'k', prefix: configMap };
  return { ...draft, id: changeId(draft) };
};

/** What each action is asked to do. */
function inputsIn(namespace: string): Record<string, object> {
  const service = `kepler-sh/${namespace}/service/payment`;
  const configMap = `kepler-sh/${namespace}/ConfigMap/payment`;
  return {
    'set-key': { service, key: 'a', value: '2' },
    'delete-key': { service, key: 'a' },
    'move-key': { service, key: 'a', to: 'z' },
    'restore-key': { service, key: 'a', change: changeOf(namespace).id },
    'copy-keys': {
      service,
      from: 'kepler-sh/loan/service/scoring',
      keys: [{ key: 'b', value: '1' }],
    },
    'create-prefix': { service, keys: [{ key: 'c', value: '1' }] },
    'delete-prefix': { service },
    'create-token': { service },
    'delete-token': { service },
    'set-config-map-key': { configMap, key: 'k', value: '2' },
    'delete-config-map-key': { configMap, key: 'k' },
    'restore-config-map-key': {
      configMap,
      key: 'k',
      change: changeOfMap(configMap).id,
    },
  };
}

describe('actions of the configuration centre under the sample policy', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let consul: MemoryConsul;
  let client: ConsulClient;
  let history: HistoryStore;

  beforeAll(async () => {
    const knex = await databases.init('SQLITE_3');
    history = new HistoryStore(
      await openDatabase({ getClient: async () => knex }),
    );
    consul = new MemoryConsul();
    const url = await consul.start();
    client = new ConsulClient({
      url,
      timeoutSeconds: 5,
      maxConcurrency: 4,
    });
    for (const namespace of Object.values(NAMESPACES)) {
      await history.add(`${namespace}.payment/`, [changeOf(namespace)], {
        set: [],
        gone: [],
      });
      const configMap = `kepler-sh/${namespace}/ConfigMap/payment`;
      await history.add(configMap, [changeOfMap(configMap)], {
        set: [],
        gone: [],
      });
    }
  });
  afterAll(() => consul.stop());

  function open() {
    const cluster = new ObjectCluster();
    cluster.objects.set('configmaps', [
      { metadata: { name: 'payment', resourceVersion: '1' }, data: { k: '1' } },
    ]);
    const config: OrreryConfig = {
      readOnly: false,
      clusters: [
        { name: 'kepler-sh', title: 'Kepler', protectedNamespaces: [] },
      ],
      environments: MATRIX_ENVIRONMENTS,
      approvalExpiryHours: 24,
      naming: DEFAULT_NAMING,
    };
    const tools = {
      mapHistory: new ConfigMapHistory({
        store: history,
        client: cluster.client,
      }),
      tokens: new ServiceTokens({ consul: client, client: cluster.client }),
      consul: client,
      places: new KeyPlaces(DEFAULT_NAMING.consulPrefix, config),
      history,
      client: cluster.client,
      config,
    };
    return createPermissionMatrix({
      policy: new OrreryPolicy({
        platformTeams: ['group:default/platform'],
        readers: ['user:default/guest'],
        openEnvironments: ['test'],
      }),
      pluginId: 'config-center',
      resourceType: RESOURCE_TYPE_CONFIG_CENTER_TARGET,
      approvals: configApprovalPermissions,
      actions: [
        ...createKeyActions(tools),
        ...createTokenActions(tools),
        ...createConfigMapActions(tools),
      ],
    });
  }

  const names = Object.keys(inputsIn('wealth'));

  it('are all in the table', () => {
    expect(open().runner.actions.map(({ name }) => name)).toEqual(names);
  });

  const cells = names.flatMap(action =>
    personas.flatMap(persona =>
      environments.map(
        environment =>
          [
            action,
            persona,
            environment,
            MATRIX_PROMISES[persona][environment],
          ] as const,
      ),
    ),
  );

  it.each(cells)(
    '%s by %s in %s: %s',
    async (action, persona, environment, expected) => {
      const namespace = NAMESPACES[environment];
      consul.keys.clear();
      consul.put(`${namespace}.payment/a`, '1');
      const input = inputsIn(namespace)[action];
      const { outcome } = await open().attempt(action, input, persona);
      expect(outcome).toBe(expected);
    },
  );
});
