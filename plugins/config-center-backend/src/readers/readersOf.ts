import type { ConfigReaders } from '@orrery/backstage-plugin-config-center-common';
import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import type { KeyPlace } from '../keys/KeyPlaces';
import { containersOf, type WorkloadWithTemplate } from './workloadsOf';

/** The annotation by which a workload names the prefix that it reads. */
export const PREFIX_ANNOTATION = 'orrery.dev/config-prefix';

/** Prefixes are written with and without the slash at their end. */
function isPrefix(value: string | undefined, prefix: string): boolean {
  const plain = prefix.slice(0, -1);
  return value === prefix || value === plain || value === `/${prefix}`;
}

function because(
  workload: WorkloadWithTemplate,
  { prefix, app }: KeyPlace,
): { because: string; isDeclared: boolean } | undefined {
  if (isPrefix(workload.annotations[PREFIX_ANNOTATION], prefix)) {
    return {
      because: `its annotation ${PREFIX_ANNOTATION} names the prefix`,
      isDeclared: true,
    };
  }
  for (const container of containersOf(workload)) {
    const variable = (container.env ?? []).find(({ value }) =>
      isPrefix(value, prefix),
    );
    if (variable) {
      return {
        because: `the variable ${variable.name} of its container ${container.name} names the prefix`,
        isDeclared: true,
      };
    }
    const words = [...(container.command ?? []), ...(container.args ?? [])];
    if (words.some(word => word.includes(prefix))) {
      return {
        because: `the arguments of its container ${container.name} name the prefix`,
        isDeclared: true,
      };
    }
  }
  return workload.labels.app === app
    ? {
        because:
          'it is the app that the prefix is named after; neither a variable nor an annotation says that it reads it',
        isDeclared: false,
      }
    : undefined;
}

/** Workloads that read a prefix; those that say so come first. */
export function readersOf(
  workloads: readonly WorkloadWithTemplate[],
  place: KeyPlace,
): ConfigReaders['readers'] {
  const { cluster, namespace } = place;
  return workloads
    .flatMap(workload => {
      const told = because(workload, place);
      const { kind, object } = workload;
      const { name } = object.metadata;
      return told
        ? [
            {
              ref: formatRef({
                type: 'workload',
                cluster,
                namespace,
                kind,
                name,
              }),
              ...told,
            },
          ]
        : [];
    })
    .sort((one, other) => Number(other.isDeclared) - Number(one.isDeclared));
}
