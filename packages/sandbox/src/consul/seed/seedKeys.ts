import { createRandom, type Random } from '../../random';
import type { App, World } from '../../world/types';
import type { KeyValueStore } from '../kv/KeyValueStore';

const lines = (...text: string[]) => `${text.join('\n')}\n`;

const storesOf = (app: App) =>
  app.calls.map(({ to }) => to).filter(to => /^(mysql|redis|mq)\./.test(to));

function databaseKeys(app: App, random: Random): [string, string][] {
  const mysql = storesOf(app).find(to => to.startsWith('mysql.'));
  if (!mysql) return [];
  const secret = `${random.pick(['Plum', 'Cedar', 'Heron', 'Slate'])}-${
    random.integer(9000) + 1000
  }-${random.pick(['tide', 'lamp', 'moss'])}`;
  return [
    [
      'database/url',
      `jdbc:mysql://${mysql}.svc.cluster.local:3306/${app.name.replace(
        /-/g,
        '_',
      )}?useSSL=true`,
    ],
    ['database/user', app.name],
    ['database/password', secret],
    ['database/pool-size', String(10 + random.integer(5) * 5)],
  ];
}

function limitsOf(app: App, random: Random): string {
  return lines(
    '# Requests beyond these are answered 429.',
    'limits:',
    `  requests-per-second: ${Math.round(app.behaviour.capacityPerPod * 0.8)}`,
    `  burst: ${app.behaviour.capacityPerPod}`,
    '  per-client:',
    `    requests-per-minute: ${60 + random.integer(12) * 10}`,
  );
}

/** What one app keeps in Consul, by key below its prefix. */
function keysOf(app: App, random: Random): [string, string][] {
  const timeout = 1 + random.integer(5);
  return [
    ['timeouts/upstream', `${timeout}s`],
    ['timeouts/idle', '60s'],
    [
      'features.json',
      `${JSON.stringify(
        {
          darkLaunch: random.next() < 0.3,
          newCheckout: { enabled: random.next() < 0.5, percent: 10 },
          auditTrail: true,
        },
        null,
        2,
      )}\n`,
    ],
    ['limits.yaml', limitsOf(app, random)],
    [
      'application.properties',
      lines(
        `# ${app.title}`,
        `server.port=${app.port}`,
        `logging.level.root=${random.next() < 0.2 ? 'DEBUG' : 'INFO'}`,
        `${app.name}.retries=${1 + random.integer(3)}`,
        `${app.name}.cache.ttl=${30 + random.integer(10) * 30}s`,
        ...Object.entries(app.config ?? {}).map(
          ([key, value]) => `${key}=${value}`,
        ),
      ),
    ],
    ...databaseKeys(app, random),
  ];
}

/** A schema that some services declare for their keys. */
const PAYMENT_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  description: 'What payment reads; refused values keep it from starting.',
  type: 'object',
  properties: {
    'timeouts/upstream': { type: 'string', pattern: '^[0-9]+(ms|s|m)$' },
    'timeouts/idle': { type: 'string', pattern: '^[0-9]+(ms|s|m)$' },
    'settlement/window-minutes': {
      type: 'integer',
      minimum: 1,
      maximum: 240,
    },
    'features.json': {
      type: 'object',
      required: ['auditTrail'],
      properties: {
        darkLaunch: { type: 'boolean' },
        auditTrail: { type: 'boolean' },
        newCheckout: {
          type: 'object',
          properties: {
            enabled: { type: 'boolean' },
            percent: { type: 'integer', minimum: 0, maximum: 100 },
          },
        },
      },
    },
  },
};

const PAYMENT_KEYS: readonly [string, string][] = [
  ['_schema.json', `${JSON.stringify(PAYMENT_SCHEMA, null, 2)}\n`],
  ['settlement/window-minutes', '30'],
  ['settlement/currencies', 'CNY,HKD,USD'],
  ['bank/endpoint', 'https://bank.example/v3'],
  ['bank/api-key', 'bk_live_51f0c7d2e9a84b36'],
];

/** Puts the configuration of every app below `<namespace>.<app>/`; equal seeds give equal values. */
export function seedKeys(
  world: World,
  store: KeyValueStore,
  seed: number,
): void {
  const random = createRandom(seed).fork('consul');
  for (const app of world.apps.filter(({ kind }) => kind !== 'StatefulSet')) {
    const prefix = `${app.namespace}.${app.name}/`;
    const keys = [
      ...keysOf(app, random.fork(prefix)),
      ...(app.name === 'payment' ? PAYMENT_KEYS : []),
    ];
    // One index for each app, as if a deployment had written them together.
    store.write(writing => {
      for (const [key, value] of keys) {
        writing.set(`${prefix}${key}`, Buffer.from(value), 0);
      }
    });
  }
}
