import { ConflictError } from '@backstage/errors';
import {
  configTokenWritePermission,
  createTokenInputSchema,
  deleteTokenInputSchema,
  policyNameOf,
  TOKEN_SECRET_KEY,
  tokenSecretNameOf,
} from '@orrery/backstage-plugin-config-center-common';
import {
  isProtected,
  type ActionDefinition,
  type OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import type { KeyPlace, KeyPlaces } from '../keys/KeyPlaces';
import type { ServiceToken, ServiceTokens } from './ServiceTokens';

type Tools = {
  tokens: ServiceTokens;
  places: KeyPlaces;
  config: OrreryConfig;
};

const versionOf = ({ policy, accessors, secret }: ServiceToken) =>
  [policy?.ID ?? 'none', accessors.join(',') || 'none', secret?.version].join(
    ' ',
  );

/** What is shown of a token: where it is and what it may, never itself. */
function shown(place: KeyPlace, accessor: string): string {
  return [
    'consulToken:',
    `  accessor: ${accessor}`,
    `  policies: [${policyNameOf(place)}]`,
    'secret:',
    `  namespace: ${place.namespace}`,
    `  name: ${tokenSecretNameOf(place)}`,
    `  keys: [${TOKEN_SECRET_KEY}]`,
    '',
  ].join('\n');
}

function present(place: KeyPlace, { accessors, secret }: ServiceToken): string {
  if (accessors.length === 0 && !secret) {
    return '';
  }
  const accessor = accessors.join(', ') || 'none';
  return secret?.accessor === accessor
    ? shown(place, accessor)
    : [
        `consulToken: ${accessor}`,
        `secret: ${secret ? `of ${secret.accessor ?? 'no token'}` : 'none'}`,
        '',
      ].join('\n');
}

function parts({ tokens, places, config }: Tools) {
  return {
    async find(service: string) {
      const place = places.of(service);
      return { place, found: await tokens.find(place) };
    },
    confirmation: ({ cluster, namespace, app }: KeyPlace) =>
      isProtected(config, cluster, namespace) ? { typedConfirmation: app } : {},
    refuseUnlessSeen(
      { app }: KeyPlace,
      found: ServiceToken,
      version: string,
    ): void {
      if (versionOf(found) !== version) {
        throw new ConflictError(
          `The token of ${app} has changed since it was previewed: preview it again`,
        );
      }
    },
  };
}

function createTokenAction(
  tools: Tools,
): ActionDefinition<typeof createTokenInputSchema> {
  const { tokens, places } = tools;
  const { find, confirmation, refuseUnlessSeen } = parts(tools);
  return {
    name: 'create-token',
    title: 'Make the token of a service',
    description:
      'Makes a token in Consul that reads the service’s own prefix and nothing else, and puts it into a Secret of its namespace. Nobody sees it. Running it again changes nothing.',
    input: createTokenInputSchema,
    permission: configTokenWritePermission,

    target: ({ service }) => places.of(service).service,

    async preview({ service }) {
      const { place, found } = await find(service);
      await tokens.tryOut(place, found);
      const name = tokenSecretNameOf(place);
      const [known] = found.accessors;
      return {
        target: place.service,
        summary: known
          ? `Put the token ${known} of ${place.app} into the Secret ${name} in ${place.namespace}`
          : `Make a token of ${place.app} in the Secret ${name} in ${place.namespace}`,
        before: present(place, found),
        after: shown(place, known ?? '(Consul makes it)'),
        blastRadius: {
          sentences: [
            `Whoever may read Secrets in ${place.namespace} can read ${place.prefix}.`,
            found.policy
              ? `The ACL policy ${found.policy.Name} is there and stays as it is.`
              : `The ACL policy ${policyNameOf(place)} is made with it.`,
          ],
        },
        resourceVersion: versionOf(found),
        ...confirmation(place),
        warnings: [],
      };
    },

    async run({ service }, { resourceVersion }) {
      const { place, found } = await find(service);
      refuseUnlessSeen(place, found, resourceVersion);
      const accessor = await tokens.ensure(place, found);
      return {
        message: `The token ${accessor} of ${
          place.app
        } is in the Secret ${tokenSecretNameOf(place)}`,
      };
    },

    async verify({ service }) {
      const { place, found } = await find(service);
      const accessor = found.secret?.accessor;
      return accessor !== undefined && found.accessors.includes(accessor)
        ? {
            state: 'succeeded',
            message: `The Secret ${tokenSecretNameOf(
              place,
            )} has the token ${accessor}`,
          }
        : {
            state: 'failed',
            message: `The Secret ${tokenSecretNameOf(
              place,
            )} has no token that Consul knows`,
          };
    },

    undo: () => 'Delete the token: its Secret goes with it.',
  };
}

function deleteTokenAction(
  tools: Tools,
): ActionDefinition<typeof deleteTokenInputSchema> {
  const { tokens, places } = tools;
  const { find, confirmation, refuseUnlessSeen } = parts(tools);
  return {
    name: 'delete-token',
    title: 'Delete the token of a service',
    description:
      'Deletes the token that Orrery made for a service, and the Secret that holds it. What uses it can no longer read its configuration.',
    input: deleteTokenInputSchema,
    permission: configTokenWritePermission,

    target: ({ service }) => places.of(service).service,

    async preview({ service }) {
      const { place, found } = await find(service);
      const before = present(place, found);
      return {
        target: place.service,
        summary:
          before === ''
            ? `${place.app} has no token that Orrery made`
            : `Delete the token of ${
                place.app
              } and the Secret ${tokenSecretNameOf(place)} in ${
                place.namespace
              }`,
        before,
        after: '',
        blastRadius: {
          sentences:
            before === ''
              ? []
              : [
                  'Pods that start without the Secret fail, and those that run are refused by Consul.',
                ],
        },
        resourceVersion: versionOf(found),
        ...confirmation(place),
        warnings: [],
      };
    },

    async run({ service }, { resourceVersion }) {
      const { place, found } = await find(service);
      refuseUnlessSeen(place, found, resourceVersion);
      await tokens.remove(place, found);
      return {
        message: `The token ${found.accessors.join(', ') || '(none)'} of ${
          place.app
        } is deleted`,
      };
    },

    async verify({ service }) {
      const { place, found } = await find(service);
      return found.accessors.length === 0 && !found.secret
        ? { state: 'succeeded', message: 'Token and Secret are gone' }
        : {
            state: 'failed',
            message: `${place.app} has a token or a Secret again`,
          };
    },

    undo: () =>
      'Make a token again: it is another one, and pods must be restarted to have it.',
  };
}

/** All that can be done to tokens of services. */
export function createTokenActions(tools: Tools): ActionDefinition[] {
  return [createTokenAction(tools), deleteTokenAction(tools)];
}
