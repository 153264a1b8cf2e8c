import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** Who asks, as cursors are bound to. */
export function askerOf(credentials: BackstageCredentials): string {
  const principal: unknown = credentials.principal;
  const of = (name: string): unknown =>
    typeof principal === 'object' && principal !== null
      ? Reflect.get(principal, name)
      : undefined;
  return String(of('userEntityRef') ?? of('subject') ?? 'nobody');
}
