import {
  probeSchema,
  type Probe,
} from '@orrery/backstage-plugin-delivery-common';

/** How a probe asks; `none` is no probe. */
export const PROBE_WAYS = [
  'none',
  'httpGet',
  'tcpSocket',
  'grpc',
  'exec',
] as const;

/** @public */
export type ProbeWay = (typeof PROBE_WAYS)[number];

/** A probe as text fields; instants and periods are seconds. */
export type ProbeForm = {
  way: ProbeWay;
  path: string;
  port: string;
  command: string;
  initialDelaySeconds: string;
  periodSeconds: string;
  timeoutSeconds: string;
  failureThreshold: string;
};

/** Fields of a probe that are numbers, in the order in which they are shown. */
export const PROBE_NUMBERS = [
  'initialDelaySeconds',
  'periodSeconds',
  'timeoutSeconds',
  'failureThreshold',
] as const;

function readProbe(probe: unknown): Probe | undefined {
  const parsed = probeSchema.safeParse(probe);
  return parsed.success ? parsed.data : undefined;
}

/** One line about a probe of an object: `GET /healthz on 8080 every 10 s`. */
export function describeProbe(value: unknown): string | undefined {
  const probe = readProbe(value);
  if (!probe) {
    return value === undefined ? undefined : JSON.stringify(value);
  }
  const { httpGet, tcpSocket, grpc, exec, periodSeconds = 10 } = probe;
  const way =
    (httpGet && `GET ${httpGet.path ?? '/'} :${httpGet.port}`) ??
    (tcpSocket && `TCP :${tcpSocket.port}`) ??
    (grpc && `gRPC :${grpc.port}`) ??
    exec?.command.join(' ');
  return `${way}, ${periodSeconds} s`;
}

/** The fields of a probe of an object. */
export function probeFormOf(value: unknown): ProbeForm {
  const probe = readProbe(value);
  const way = PROBE_WAYS.find(
    name => name !== 'none' && probe?.[name] !== undefined,
  );
  const port =
    probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port;
  const text = (number: number | undefined) =>
    number === undefined ? '' : String(number);
  return {
    way: way ?? 'none',
    path: probe?.httpGet?.path ?? '/',
    port: port === undefined ? '' : String(port),
    command: probe?.exec?.command.join(' ') ?? '',
    initialDelaySeconds: text(probe?.initialDelaySeconds),
    periodSeconds: text(probe?.periodSeconds),
    timeoutSeconds: text(probe?.timeoutSeconds),
    failureThreshold: text(probe?.failureThreshold),
  };
}

/**
 * The probe that the fields describe; what they have no field for is taken
 * from the probe there was. Undefined while they are not a probe.
 */
export function probeOfForm(
  form: ProbeForm,
  before: unknown,
): Probe | undefined {
  const { way, path, port: portText, command } = form;
  const old = readProbe(before);
  const port = /^\d+$/.test(portText) ? Number(portText) : portText;
  const asks = {
    none: {},
    httpGet: { httpGet: { ...old?.httpGet, path, port } },
    tcpSocket: { tcpSocket: { port } },
    grpc: { grpc: { ...old?.grpc, port } },
    exec: {
      exec: {
        command:
          command === old?.exec?.command.join(' ')
            ? old.exec.command
            : command.split(/\s+/).filter(Boolean),
      },
    },
  }[way];
  const numbers = Object.fromEntries(
    PROBE_NUMBERS.flatMap(name =>
      form[name] === '' ? [] : [[name, Number(form[name])]],
    ),
  );
  const successThreshold = old?.successThreshold;
  return readProbe({
    ...asks,
    ...(successThreshold !== undefined && { successThreshold }),
    ...numbers,
  });
}
