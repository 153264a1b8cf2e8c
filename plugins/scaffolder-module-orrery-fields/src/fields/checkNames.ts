import type {
  NameCheck,
  ServiceNamesResponse,
} from '@orrery/backstage-plugin-delivery-common';
import type { Place, TemplateFieldsApi } from '../api';

/** What a service is called everywhere, with the checks of all systems. */
export type CheckedNames = {
  names: ServiceNamesResponse;
  checks: NameCheck[];
};

/** Images outlive their service, and are no reason to refuse its name. */
export function isInTheWay({ what, state }: NameCheck): boolean {
  return state !== 'free' && what !== 'Images';
}

/**
 * Asks every system.
 *
 * @param words - names of what the configuration centre is asked for
 */
export async function checkNames(
  api: TemplateFieldsApi,
  place: Place & { app: string },
  words: { prefix: string; keys: (count: number) => string },
): Promise<CheckedNames> {
  const [names, prefix] = await Promise.all([
    api.names(place),
    api.prefix(place).then(
      ({ state, keys }): Pick<NameCheck, 'state' | 'reason'> => ({
        state,
        ...(state === 'taken' && { reason: words.keys(keys) }),
      }),
      (error: Error): Pick<NameCheck, 'state' | 'reason'> => ({
        state: 'unknown',
        reason: error.message,
      }),
    ),
  ]);
  return {
    names,
    checks: [
      ...names.checks,
      { what: words.prefix, name: names.consulPrefix, ...prefix },
    ],
  };
}
