import { useRouteRef } from '@backstage/frontend-plugin-api';
import { deliveryRouteRef } from '../routes';

/** Makes links to the screen of a canary. */
export function useCanaryLink(): (ref: string) => string {
  const delivery = useRouteRef(deliveryRouteRef);
  return ref =>
    `${delivery?.() ?? '/delivery'}?canary=${encodeURIComponent(ref)}`;
}
