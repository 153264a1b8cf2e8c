import type { KubernetesObject } from '../store';
import { asObjects, asText, at } from '../values';
import { sendText } from './answer';
import type { Exchange } from './context';
import { isSet, parseCount } from './revision';
import { invalid, notFound } from './status-error';
import { badRequest } from './request-failures';
import { stored } from './write';

/** Names of everything in a pod that writes a log. */
function containerNames(pod: KubernetesObject): string[] {
  return [
    ...asObjects(pod.spec?.containers),
    ...asObjects(pod.spec?.initContainers),
    ...asObjects(pod.spec?.ephemeralContainers),
  ].map(container => asText(container.name) ?? '');
}

function chooseContainer(pod: KubernetesObject, asked: string | null): string {
  const names = containerNames(pod);
  if (asked) {
    if (!names.includes(asked)) {
      throw badRequest(
        `container ${asked} is not valid for pod ${pod.metadata.name}`,
      );
    }
    return asked;
  }
  const main = asObjects(pod.spec?.containers);
  const preferred =
    pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'];
  if (preferred && names.includes(preferred)) {
    return preferred;
  }
  if (main.length !== 1) {
    throw badRequest(
      `a container name must be specified for pod ${
        pod.metadata.name
      }, choose one of: [${names.join(' ')}]`,
    );
  }
  return asText(main[0].name) ?? '';
}

/** Refuses the log of a container that has not run, as a kubelet does. */
function checkStarted(
  pod: KubernetesObject,
  container: string,
  previous: boolean,
): void {
  const status = asObjects(pod.status?.containerStatuses).find(
    entry => entry.name === container,
  );
  const waiting = asText(at(status, 'state.waiting.reason'));
  if (previous) {
    if (at(status, 'lastState.terminated') === undefined) {
      throw badRequest(
        `previous terminated container "${container}" in pod "${pod.metadata.name}" not found`,
      );
    }
    return;
  }
  if (!pod.spec?.nodeName || (waiting && waiting !== 'CrashLoopBackOff')) {
    throw badRequest(
      `container "${container}" in pod "${
        pod.metadata.name
      }" is waiting to start: ${waiting ?? 'ContainerCreating'}`,
    );
  }
}

function sinceOf(exchange: Exchange): number | undefined {
  const { context, query } = exchange;
  const seconds = parseCount(query, 'sinceSeconds');
  const time = query.get('sinceTime');
  if (seconds !== undefined && time) {
    throw badRequest(
      'at most one of `sinceTime` or `sinceSeconds` may be specified',
    );
  }
  if (seconds !== undefined) {
    if (seconds < 1) {
      throw refuseField(exchange, 'sinceSeconds', seconds);
    }
    return context.clock.now() - seconds * 1000;
  }
  if (!time) {
    return undefined;
  }
  const instant = Date.parse(time);
  if (Number.isNaN(instant)) {
    throw badRequest(
      `parsing time "${time}": expected RFC 3339 (query parameter sinceTime)`,
    );
  }
  return instant;
}

function refuseField(exchange: Exchange, field: string, value: number) {
  return invalid('', 'PodLogOptions', exchange.target.name ?? '', [
    {
      reason: 'FieldValueInvalid',
      field,
      message: `Invalid value: ${value}: must be greater than or equal to 0`,
    },
  ]);
}

/** Answers `pods/log`: lines of one container, once or as they come. */
export function podLog(exchange: Exchange): void {
  const { context, query, response } = exchange;
  const pod = stored(exchange);
  const container = chooseContainer(pod, query.get('container'));
  const previous = isSet(query, 'previous');
  const tailLines = parseCount(query, 'tailLines');
  const limitBytes = parseCount(query, 'limitBytes');
  for (const [field, value] of Object.entries({ tailLines, limitBytes })) {
    if (value !== undefined && value < 0) {
      throw refuseField(exchange, field, value);
    }
  }
  const sinceMs = sinceOf(exchange);
  checkStarted(pod, container, previous);
  if (!context.logs) {
    throw notFound({ group: '', plural: 'pods/log' }, pod.metadata.name);
  }
  const timestamps = isSet(query, 'timestamps');
  const shown = (line: string) =>
    `${timestamps ? line : line.slice(line.indexOf(' ') + 1)}\n`;
  const lines = context.logs.read(pod, container, {
    ...(sinceMs === undefined ? {} : { sinceMs }),
    ...(tailLines === undefined ? {} : { tailLines }),
    ...(previous ? { previous } : {}),
  });
  const body = lines.map(shown).join('');
  if (!isSet(query, 'follow') || previous) {
    const bytes = Buffer.from(body);
    const cut =
      limitBytes === undefined ? bytes : bytes.subarray(0, limitBytes);
    sendText(response, 200, cut.toString('utf8'), 'text/plain');
    return;
  }
  response.writeHead(200, {
    'Content-Type': 'text/plain',
    'Cache-Control': 'no-cache, private',
  });
  response.flushHeaders();
  let left = limitBytes ?? Infinity;
  const write = (content: string) => {
    const bytes = Buffer.from(content);
    response.write(bytes.subarray(0, Math.min(left, bytes.length)));
    left -= bytes.length;
    if (left <= 0) {
      response.end();
    }
  };
  if (body) {
    write(body);
  }
  const { logs, store } = context;
  const stopFollowing = logs.follow(pod, container, line => write(shown(line)));
  const stopListening = store.onChange(({ type, resource, object }) => {
    if (
      type === 'DELETED' &&
      resource === 'pods' &&
      object.metadata.uid === pod.metadata.uid
    ) {
      response.end();
    }
  });
  const forget = context.onStream(() => response.end());
  response.on('close', () => {
    stopFollowing();
    stopListening();
    forget();
  });
}
