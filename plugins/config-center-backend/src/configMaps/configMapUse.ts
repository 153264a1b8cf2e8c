import {
  containersOf,
  type WorkloadWithTemplate,
} from '../readers/workloadsOf';

/** How a workload uses ConfigMaps, by their names. */
export function configMapUse(
  workload: WorkloadWithTemplate,
): Map<string, string> {
  const uses = new Map<string, string[]>();
  const add = (name: string | undefined, how: string) => {
    if (name) {
      uses.set(name, [...(uses.get(name) ?? []), how]);
    }
  };
  for (const volume of workload.spec.volumes ?? []) {
    add(volume.configMap?.name, `the volume ${volume.name}`);
    for (const source of volume.projected?.sources ?? []) {
      add(source.configMap?.name, `the volume ${volume.name}`);
    }
  }
  for (const container of containersOf(workload)) {
    for (const { configMapRef } of container.envFrom ?? []) {
      add(configMapRef?.name, `all variables of ${container.name}`);
    }
    for (const { name, valueFrom } of container.env ?? []) {
      add(
        valueFrom?.configMapKeyRef?.name,
        `the variable ${name} of ${container.name}`,
      );
    }
  }
  return new Map(
    [...uses].map(([name, ways]) => [name, [...new Set(ways)].join(', ')]),
  );
}
