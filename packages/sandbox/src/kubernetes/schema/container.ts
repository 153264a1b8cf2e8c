import {
  atomicObject,
  boolean,
  integer,
  integerOrText,
  keyedList,
  listOf,
  mapOf,
  object,
  open,
  quantity,
  text,
  type JsonSchema,
} from './schema';

const httpHeaders = listOf(object({ name: text, value: text }));

const handler = {
  exec: object({ command: listOf(text) }),
  httpGet: object({
    path: text,
    port: integerOrText,
    host: text,
    scheme: text,
    httpHeaders,
  }),
  tcpSocket: object({ port: integerOrText, host: text }),
};

const probe = object({
  ...handler,
  grpc: object({ port: integer, service: text }),
  initialDelaySeconds: integer,
  timeoutSeconds: integer,
  periodSeconds: integer,
  successThreshold: integer,
  failureThreshold: integer,
  terminationGracePeriodSeconds: integer,
});

const lifecycleHandler = object({
  ...handler,
  sleep: object({ seconds: integer }),
});

/** What a container may use, and what is set aside for it. */
export const resourceRequirements: JsonSchema = object({
  limits: mapOf(quantity),
  requests: mapOf(quantity),
  claims: keyedList(['name'], object({ name: text, request: text })),
});

/** Chooses one key of a config map or secret. */
const keySelector = atomicObject({ name: text, key: text, optional: boolean });

const environmentVariable = object({
  name: text,
  value: text,
  valueFrom: object({
    fieldRef: atomicObject({ apiVersion: text, fieldPath: text }),
    resourceFieldRef: atomicObject({
      containerName: text,
      resource: text,
      divisor: quantity,
    }),
    configMapKeyRef: keySelector,
    secretKeyRef: keySelector,
    fileKeyRef: atomicObject({
      volumeName: text,
      path: text,
      key: text,
      optional: boolean,
    }),
  }),
});

const source = object({ name: text, optional: boolean });

/** One container of a pod. */
export const container: JsonSchema = object(
  {
    name: text,
    image: text,
    command: listOf(text),
    args: listOf(text),
    workingDir: text,
    ports: keyedList(
      ['containerPort', 'protocol'],
      object({
        name: text,
        hostPort: integer,
        containerPort: integer,
        protocol: text,
        hostIP: text,
      }),
    ),
    envFrom: listOf(
      object({ prefix: text, configMapRef: source, secretRef: source }),
    ),
    env: keyedList(['name'], environmentVariable),
    resources: resourceRequirements,
    resizePolicy: listOf(object({ resourceName: text, restartPolicy: text })),
    restartPolicy: text,
    restartPolicyRules: listOf(open),
    volumeMounts: keyedList(
      ['mountPath'],
      object({
        name: text,
        readOnly: boolean,
        recursiveReadOnly: text,
        mountPath: text,
        subPath: text,
        subPathExpr: text,
        mountPropagation: text,
      }),
    ),
    volumeDevices: keyedList(
      ['devicePath'],
      object({ name: text, devicePath: text }),
    ),
    livenessProbe: probe,
    readinessProbe: probe,
    startupProbe: probe,
    lifecycle: object({
      postStart: lifecycleHandler,
      preStop: lifecycleHandler,
      stopSignal: text,
    }),
    terminationMessagePath: text,
    terminationMessagePolicy: text,
    imagePullPolicy: text,
    securityContext: open,
    stdin: boolean,
    stdinOnce: boolean,
    tty: boolean,
    targetContainerName: text,
  },
  ['name'],
);
