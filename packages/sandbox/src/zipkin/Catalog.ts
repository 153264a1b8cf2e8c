import type { Span } from './span';

/** Tags whose values are remembered. */
export const AUTOCOMPLETE_KEYS = [
  'http.method',
  'http.status_code',
  'istio.canonical_revision',
  'istio.namespace',
  'response_flags',
] as const;

/** Names that spans have brought along. */
export class Catalog {
  readonly #services = new Map<
    string,
    { names: Set<string>; remotes: Set<string> }
  >();
  readonly #values = new Map<string, Set<string>>(
    AUTOCOMPLETE_KEYS.map(key => [key, new Set()]),
  );

  add({ localEndpoint, remoteEndpoint, name, tags }: Span): void {
    const service = localEndpoint.serviceName;
    if (service === undefined) return;
    let known = this.#services.get(service);
    if (!known) {
      known = { names: new Set(), remotes: new Set() };
      this.#services.set(service, known);
    }
    known.names.add(name);
    if (remoteEndpoint?.serviceName !== undefined) {
      known.remotes.add(remoteEndpoint.serviceName);
    }
    for (const [key, values] of this.#values) {
      if (tags[key] !== undefined) values.add(tags[key]);
    }
  }

  services(): string[] {
    return [...this.#services.keys()].sort();
  }

  spanNames(service: string): string[] {
    return [...(this.#services.get(service)?.names ?? [])].sort();
  }

  remoteServices(service: string): string[] {
    return [...(this.#services.get(service)?.remotes ?? [])].sort();
  }

  /** Values of a tag; none for tags that are not remembered. */
  values(key: string): string[] {
    return [...(this.#values.get(key) ?? [])].sort();
  }
}
