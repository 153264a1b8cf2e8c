import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { Probe } from './inputs';
import { editContainer, type Editable, type Json } from './template';

const PROBE_FIELDS = {
  readiness: 'readinessProbe',
  liveness: 'livenessProbe',
  startup: 'startupProbe',
} as const;

type ProbeName = keyof typeof PROBE_FIELDS;

/**
 * Sets and removes probes of a container; others stay.
 *
 * @throws InvalidValueError naming `container`, or `remove` for one that is
 *   set at the same time
 * @public
 */
export function setProbes<T extends Editable>(
  object: T,
  change: Partial<Record<ProbeName, Probe>> & {
    container?: string;
    remove?: readonly ProbeName[];
  },
): T {
  const { container: name, remove = [], ...probes } = change;
  return editContainer(object, name, container => {
    const edited: Json = { ...container };
    for (const [probe, field] of Object.entries(PROBE_FIELDS)) {
      const wanted = probes[probe as ProbeName];
      const goes = remove.includes(probe as ProbeName);
      if (wanted && goes) {
        throw new InvalidValueError('remove', 'probes that are not set', probe);
      }
      if (wanted) {
        edited[field] = wanted;
      } else if (goes) {
        delete edited[field];
      }
    }
    return edited;
  });
}
