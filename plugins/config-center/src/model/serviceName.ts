import { parseRef } from '@orrery/backstage-plugin-orrery-common';

/** A service as people call it: `payment in wealth`. */
export function serviceName(ref: string): string {
  const parsed = parseRef(ref);
  return parsed.type === 'service' ? `${parsed.name}.${parsed.namespace}` : ref;
}

/** The last segment of a ref. */
export function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}
