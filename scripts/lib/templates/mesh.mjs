/** Hosts that a pattern of a Gateway, such as `*.example.com`, covers. */
function covers(pattern, host) {
  const name = pattern.slice(pattern.indexOf('/') + 1);
  return (
    name === '*' ||
    name === host ||
    (name.startsWith('*.') && host.endsWith(name.slice(1)))
  );
}

const matches = (labels, selector) =>
  Object.entries(selector).every(([key, value]) => labels?.[key] === value);

/**
 * What is wrong with a service's objects among those of a mesh, in the words
 * of Istio's own analysers and of Kiali's checks: routes to services, ports
 * and subsets that are not there, gateways that do not serve a host, hosts
 * with two masters, subsets without pods, ports without a protocol.
 *
 * @param {object[]} objects the service's
 * @param {object[]} world Gateways and VirtualServices around them
 * @returns {string[]} findings; none is good
 */
export function meshFindings(objects, world) {
  const all = kind => objects.filter(object => object.kind === kind);
  const findings = [];
  const find = (isFine, finding) => {
    if (!isFine) {
      findings.push(finding);
    }
  };
  const services = all('Service');
  const pods = all('Deployment').map(({ spec }) => spec.template);
  const rules = all('DestinationRule');
  const serviceOf = host =>
    services.find(({ metadata }) => metadata.name === host);

  for (const { metadata, spec } of services) {
    const selected = pods.filter(pod =>
      matches(pod.metadata.labels, spec.selector),
    );
    find(selected.length > 0, `Service ${metadata.name} selects no pods`);
    for (const port of spec.ports) {
      find(
        /^(http|http2|grpc|tcp|tls|https)(-|$)/.test(port.name),
        `port ${port.name} of ${metadata.name} does not name its protocol`,
      );
      find(
        selected.every(pod =>
          pod.spec.containers.some(({ ports }) =>
            ports.some(({ name }) => name === port.targetPort),
          ),
        ),
        `port ${port.name} of ${metadata.name} leads to no port of its pods`,
      );
    }
  }
  for (const { metadata } of pods) {
    for (const label of ['app', 'version']) {
      find(metadata.labels[label], `pods without the label ${label}`);
    }
  }
  for (const { metadata, spec } of rules) {
    const service = serviceOf(spec.host);
    find(service, `DestinationRule ${metadata.name}: no host ${spec.host}`);
    for (const { name, labels } of spec.subsets ?? []) {
      find(
        pods.some(pod =>
          matches(pod.metadata.labels, {
            ...service?.spec.selector,
            ...labels,
          }),
        ),
        `DestinationRule ${metadata.name}: no pods of subset ${name}`,
      );
    }
  }
  for (const { metadata, spec } of all('VirtualService')) {
    const gateways = spec.gateways ?? ['mesh'];
    for (const host of spec.hosts) {
      const external = host.includes('.');
      const served = gateways.filter(name => name !== 'mesh');
      find(
        external ? served.length > 0 : gateways.includes('mesh'),
        `VirtualService ${metadata.name}: nobody serves ${host}`,
      );
      for (const name of external ? served : []) {
        const gateway = world.find(
          object =>
            object.kind === 'Gateway' &&
            `${object.namespace}/${object.name}` === name,
        );
        find(gateway, `VirtualService ${metadata.name}: no gateway ${name}`);
        find(
          gateway?.spec.servers.some(server =>
            server.hosts.some(pattern => covers(pattern, host)),
          ),
          `VirtualService ${metadata.name}: ${name} does not serve ${host}`,
        );
        find(
          !world.some(
            object =>
              object.kind === 'VirtualService' &&
              object.spec.gateways?.includes(name) &&
              object.spec.hosts.includes(host),
          ),
          `VirtualService ${metadata.name}: ${host} has another`,
        );
      }
    }
    for (const { name, route, timeout, retries } of spec.http) {
      const total = route.reduce((sum, { weight = 100 }) => sum + weight, 0);
      find(total === 100, `route ${name}: weights make ${total}`);
      for (const { destination } of route) {
        const service = serviceOf(destination.host);
        find(service, `route ${name}: no host ${destination.host}`);
        find(
          service?.spec.ports.some(
            ({ port }) => port === destination.port?.number,
          ),
          `route ${name}: no port ${destination.port?.number}`,
        );
        find(
          destination.subset === undefined ||
            rules.some(({ spec: rule }) =>
              rule.subsets?.some(subset => subset.name === destination.subset),
            ),
          `route ${name}: no subset ${destination.subset}`,
        );
      }
      const seconds = text => Number.parseFloat(text);
      find(
        (retries.attempts + 1) * seconds(retries.perTryTimeout) <=
          seconds(timeout),
        `route ${name}: its timeout ends before its retries`,
      );
    }
  }
  return findings;
}
