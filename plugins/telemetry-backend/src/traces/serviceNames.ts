/** What Istio's proxies call a service in traces. */
export function serviceNameOf(app: string, namespace: string): string {
  return `${app}.${namespace}`;
}

/**
 * The target that a name in traces stands for, for permissions: what does not
 * say its namespace belongs to nobody that could be told.
 */
export function refOfService(cluster: string, service: string): string {
  const dot = service.lastIndexOf('.');
  return dot > 0
    ? `${cluster}/${service.slice(dot + 1)}/service/${service.slice(0, dot)}`
    : `${cluster}//${service}`;
}
