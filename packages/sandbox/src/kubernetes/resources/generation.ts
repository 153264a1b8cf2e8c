/** Kinds whose objects carry no `metadata.generation`, as observed on Kubernetes 1.36. */
export const withoutGeneration: ReadonlySet<string> = new Set([
  'namespaces',
  'nodes',
  'services',
  'resourcequotas',
  'limitranges',
  'persistentvolumes',
  'persistentvolumeclaims',
  'horizontalpodautoscalers.autoscaling',
  'leases.coordination.k8s.io',
]);
