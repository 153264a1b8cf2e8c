import type { Config } from '@backstage/config';
import type { FilebeatSidecar } from '@orrery/backstage-plugin-logs-common';

/** Reads `orrery.logs.sidecar`; undefined where none is configured. */
export function readSidecar(config: Config): FilebeatSidecar | undefined {
  const sidecar = config.getOptionalConfig('orrery.logs.sidecar');
  return (
    sidecar && {
      image: sidecar.getString('image'),
      output: sidecar.get<Record<string, unknown>>('output'),
    }
  );
}
