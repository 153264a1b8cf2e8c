import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { EnvironmentEntry } from '../workloads';
import { editContainer, type Editable } from './template';

/**
 * Sets and removes variables of a container; others stay, in their order.
 *
 * @throws InvalidValueError naming `container`, `set` or `remove`
 * @public
 */
export function setEnvironment<T extends Editable>(
  object: T,
  change: {
    container?: string;
    set?: readonly { name: string; value: string }[];
    remove?: readonly string[];
  },
): T {
  const { set = [], remove = [] } = change;
  return editContainer(object, change.container, container => {
    const env: readonly EnvironmentEntry[] = container.env ?? [];
    const referring = set.find(({ name }) =>
      env.some(entry => entry.name === name && entry.valueFrom),
    );
    if (referring) {
      throw new InvalidValueError(
        'set',
        'variables with values of their own: it comes from a reference, remove it first',
        referring.name,
      );
    }
    const unknown = remove.find(
      name => !env.some(entry => entry.name === name),
    );
    if (unknown !== undefined) {
      throw new InvalidValueError(
        'remove',
        `variables that are there (${env.map(({ name }) => name).join(', ')})`,
        unknown,
      );
    }
    return {
      ...container,
      env: [
        ...env
          .filter(({ name }) => !remove.includes(name))
          .map(entry => set.find(({ name }) => name === entry.name) ?? entry),
        ...set.filter(({ name }) => !env.some(entry => entry.name === name)),
      ],
    };
  });
}
