/** Whether a host pattern, possibly `*.suffix` or `*`, covers a host. */
export function hostMatches(pattern: string, host: string): boolean {
  return pattern.startsWith('*')
    ? host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1
    : pattern === host;
}

/**
 * The Kubernetes Service that a host in an Istio object names, or undefined
 * for a host that is not of the cluster. A short name means the object's own
 * namespace.
 */
export function serviceOfHost(
  host: string,
  ownNamespace: string,
): { namespace: string; name: string } | undefined {
  const [name, namespace, svc] = host.split('.');
  if (!host.includes('.')) {
    return name === '*' || name === ''
      ? undefined
      : { namespace: ownNamespace, name };
  }
  const isShort = host.split('.').length === 2;
  return (isShort || svc === 'svc') && name !== '*'
    ? { namespace, name }
    : undefined;
}

/** Whether an object is visible from a namespace, by its `exportTo`. */
export function isExportedTo(
  exportTo: readonly string[] | undefined,
  ownNamespace: string,
  namespace: string | undefined,
): boolean {
  return (
    exportTo === undefined ||
    exportTo.length === 0 ||
    namespace === undefined ||
    exportTo.some(
      entry =>
        entry === '*' ||
        entry === namespace ||
        (entry === '.' && ownNamespace === namespace),
    )
  );
}

/** Whether labels satisfy a selector; an empty selector selects nothing here. */
export function selects(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  const wanted = Object.entries(selector);
  return (
    wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value)
  );
}
