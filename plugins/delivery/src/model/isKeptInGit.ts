import type { ManagedBy } from '@orrery/backstage-plugin-delivery-common';

/** Whether a tool takes back what is changed in the cluster, by what Git says. */
export function isKeptInGit(managedBy: ManagedBy | undefined): boolean {
  return managedBy?.by === 'argocd' || managedBy?.by === 'flux';
}
