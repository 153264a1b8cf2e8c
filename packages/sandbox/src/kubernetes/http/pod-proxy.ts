import type { KubernetesObject } from '../store';
import { asObjects, asText, at } from '../values';
import { sendText } from './answer';
import type { Exchange } from './context';
import { badRequest } from './request-failures';
import { StatusError } from './status-error';
import { stored } from './write';

/** Parts of the name that proxy requests carry: `[scheme:]pod[:port]`. */
function splitName(text: string): { name: string; port?: string } {
  const parts = text.split(':');
  if (parts.length === 3 && /^https?$/.test(parts[0])) {
    return { name: parts[1], ...(parts[2] ? { port: parts[2] } : {}) };
  }
  if (parts.length > 2) {
    throw badRequest(`invalid pod request "${text}"`);
  }
  const [name, port] = parts;
  return { name, ...(port ? { port } : {}) };
}

/** Number of a port given as a number or by its name; the pod's first port without either. */
function portOf(pod: KubernetesObject, asked: string | undefined): number {
  const ports = asObjects(pod.spec?.containers).flatMap(container =>
    asObjects(container.ports),
  );
  if (asked !== undefined && /^\d+$/.test(asked)) {
    return Number(asked);
  }
  const found =
    asked === undefined
      ? ports[0]
      : ports.find(port => asText(port.name) === asked);
  const number = found?.containerPort;
  if (typeof number === 'number') {
    return number;
  }
  if (asked !== undefined) {
    throw new StatusError(
      503,
      'ServiceUnavailable',
      `no port named "${asked}" in pod "${pod.metadata.name}"`,
    );
  }
  return 80;
}

/** Answers `pods/proxy`: passes the request on to the program in the pod. */
export function podProxy(exchange: Exchange): void {
  const { context, request, response, query, target } = exchange;
  const { name, port } = splitName(target.name ?? '');
  const pod = stored({ ...exchange, target: { ...target, name } });
  const number = portOf(pod, port);
  const answer = context.podHttp?.({
    pod,
    port: number,
    method: request.method ?? 'GET',
    path: target.proxiedPath ?? '/',
    query,
  });
  if (!answer) {
    const address = asText(at(pod, 'status.podIP'));
    throw new StatusError(
      503,
      'ServiceUnavailable',
      address
        ? `error trying to reach service: dial tcp ${address}:${number}: connect: connection refused`
        : 'address not allowed',
    );
  }
  sendText(response, answer.code, answer.body, answer.contentType);
}
