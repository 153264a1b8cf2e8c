import type { KubernetesObject, ObjectChange } from '../store';
import { asObjects, asText } from '../values';

/** Hands out pod addresses from 10.244.0.0/14 without giving one away twice. */
export class AddressPool {
  readonly #used = new Set<string>();
  #next = 2;

  observe({ type, resource, object, previous }: ObjectChange): void {
    if (resource !== 'pods') {
      return;
    }
    const before = asText(previous?.status?.podIP);
    const after = asText(object.status?.podIP);
    if (before && (type === 'DELETED' || before !== after)) {
      this.#used.delete(before);
    }
    if (after && type !== 'DELETED') {
      this.#used.add(after);
    }
  }

  take(): string {
    for (;;) {
      const index = this.#next;
      this.#next = (this.#next + 1) % 0x3ffff;
      const last = index & 0xff;
      if (last !== 0 && last !== 0xff) {
        const address = `10.${244 + (index >> 16)}.${
          (index >> 8) & 0xff
        }.${last}`;
        if (!this.#used.has(address)) {
          this.#used.add(address);
          return address;
        }
      }
    }
  }
}

/** The address of a node, as its pods report it. */
export function hostAddress(node: KubernetesObject | undefined): string {
  const internal = asObjects(node?.status?.addresses).find(
    address => address.type === 'InternalIP',
  );
  return asText(internal?.address) ?? '127.0.0.1';
}
