import type { BehaviourEffect } from '../simulator';
import type { World } from '../world/types';
import type { Incident } from './incident';

function hasTarget(world: World, target: string): boolean {
  const [place, version] = target.split('@');
  return (
    world.externals.some(({ host }) => host === place) ||
    world.apps.some(
      app =>
        `${app.namespace}/${app.name}` === place &&
        (version === undefined ||
          app.releases.some(release => release.version === version)),
    )
  );
}

/** An incident that changes how one app, version or external host behaves. */
function behaviourIncident(
  name: string,
  title: string,
  description: string,
  target: string,
  effect: BehaviourEffect,
): Incident {
  return {
    name,
    title,
    description,
    applies: world => hasTarget(world, target),
    start: ({ effects }) => effects.setBehaviour(target, effect),
    stop: ({ effects }) => effects.setBehaviour(target, undefined),
  };
}

export const behaviourIncidents: readonly Incident[] = [
  behaviourIncident(
    'payment-v2-errors',
    'payment v2 gets worse',
    'Another third of the requests to payment v2 answers 503, and order fails with them.',
    'wealth/payment@v2',
    {
      errors: [
        {
          code: 503,
          share: 0.33,
          message: 'ledger is read-only: replication stopped',
        },
      ],
    },
  ),
  behaviourIncident(
    'mysql-slow',
    'MySQL is slow',
    'Every query of wealth/mysql takes fifteen times as long; account and order answer late.',
    'wealth/mysql',
    { latencyFactor: 15 },
  ),
  behaviourIncident(
    'bank-timeouts',
    'The bank does not answer in time',
    'bank.example takes some ten seconds; payment answers late, and its callers time out.',
    'bank.example',
    { latencyFactor: 55 },
  ),
];
