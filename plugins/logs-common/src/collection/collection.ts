import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';

/** Prefix of the hints that Filebeat's autodiscover reads from pods. */
const HINTS = 'co.elastic.logs';
/** Container and ConfigMap of the sidecar that reads files. @public */
export const FILEBEAT_CONTAINER = 'filebeat';
/** Volume that the application writes its files to. */
const FILES_VOLUME = 'orrery-logs';
const CONFIG_VOLUME = 'filebeat-config';

const multilineSchema = z.object({
  /** Regular expression of the lines that begin an event (or go on with one). */
  pattern: z.string().min(1).max(200),
  /** True: lines that do not match belong to the event. */
  negate: z.boolean().default(true),
  match: z.enum(['after', 'before']).default('after'),
});

/** How several lines are one event, in Filebeat's words. @public */
export type Multiline = z.infer<typeof multilineSchema>;

/**
 * Input of the action `set-log-collection`: what of a workload's logs is
 * collected. `output` is what containers print, read by the Filebeat of the
 * node; `files` are read by a Filebeat beside the application.
 *
 * @public
 */
export const logCollectionInputSchema = z
  .object({
    /** `cluster/namespace/Kind/name` of a Deployment, StatefulSet or DaemonSet. */
    workload: z.string().min(1),
    collect: z.enum(['off', 'output', 'files']),
    /** One container only; the application's for files. */
    container: z
      .string()
      .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'the name of a container')
      .optional(),
    multiline: multilineSchema.optional(),
    /** For `files`: where they are, all in one directory, such as `/var/log/app/*.log`. */
    paths: z
      .array(
        z
          .string()
          .max(300)
          .regex(
            /^(\/(?!\.)[A-Za-z0-9._-]+)+\/[A-Za-z0-9._*?-]+$/,
            'an absolute path such as /var/log/app/*.log',
          ),
      )
      .max(10)
      .optional(),
  })
  .superRefine((input, context) => {
    const directories = new Set((input.paths ?? []).map(directoryOf));
    if (input.collect === 'files' && directories.size !== 1) {
      context.addIssue({
        code: 'custom',
        path: ['paths'],
        message: 'one or more paths in one directory',
      });
    }
    if (input.collect !== 'files' && input.paths !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['paths'],
        message: 'no paths unless files are collected',
      });
    }
  });

/** @public */
export type LogCollectionInput = z.infer<typeof logCollectionInputSchema>;

/** The sidecar that is put beside an application. @public */
export type FilebeatSidecar = {
  image: string;
  /** Filebeat's `output` section, as it is. */
  output: Readonly<Record<string, unknown>>;
};

/** What a pod template says of the collection of its logs. @public */
export type LogCollection = {
  /** `default` where it says nothing: the cluster's Filebeat decides. */
  collect: 'off' | 'output' | 'files' | 'default';
  multilinePattern?: string;
};

type Template = {
  metadata?: { annotations?: Record<string, string> };
  spec?: { containers?: { name?: string }[] };
};

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** Reads what a pod template says. @public */
export function readLogCollection(template: Template): LogCollection {
  const annotations = template.metadata?.annotations ?? {};
  const pattern = annotations[`${HINTS}/multiline.pattern`];
  const hasSidecar = template.spec?.containers?.some(
    ({ name }) => name === FILEBEAT_CONTAINER,
  );
  const enabled = annotations[`${HINTS}/enabled`];
  let collect: LogCollection['collect'] = 'default';
  if (hasSidecar) {
    collect = 'files';
  } else if (enabled !== undefined) {
    collect = enabled === 'false' ? 'off' : 'output';
  }
  return {
    collect,
    ...(pattern !== undefined && { multilinePattern: pattern }),
  };
}

/** Name of the ConfigMap of a workload's sidecar. @public */
export function filebeatConfigName(workload: string): string {
  return `${workload}-filebeat`;
}

function hints(input: LogCollectionInput): Record<string, string | null> {
  const prefix =
    input.container === undefined || input.collect === 'files'
      ? HINTS
      : `${HINTS}.${input.container}`;
  const multiline = input.collect === 'output' ? input.multiline : undefined;
  return {
    [`${prefix}/enabled`]: input.collect === 'off' ? 'false' : 'true',
    // A merge says with null that a key goes.
    [`${prefix}/multiline.pattern`]: multiline?.pattern ?? null,
    [`${prefix}/multiline.negate`]: multiline ? String(multiline.negate) : null,
    [`${prefix}/multiline.match`]: multiline?.match ?? null,
  };
}

function sidecarParts(
  input: LogCollectionInput,
  workload: string,
  container: string,
  sidecar: FilebeatSidecar,
) {
  const directory = directoryOf(input.paths?.[0] ?? '');
  const files = { name: FILES_VOLUME, mountPath: directory };
  return {
    containers: [
      { name: container, volumeMounts: [files] },
      {
        name: FILEBEAT_CONTAINER,
        image: sidecar.image,
        args: ['-c', '/etc/orrery/filebeat.yml', '-e'],
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        },
        resources: {
          requests: { cpu: '20m', memory: '64Mi' },
          limits: { memory: '128Mi' },
        },
        volumeMounts: [
          { ...files, readOnly: true },
          { name: CONFIG_VOLUME, mountPath: '/etc/orrery', readOnly: true },
        ],
      },
    ],
    volumes: [
      { name: FILES_VOLUME, emptyDir: {} },
      {
        name: CONFIG_VOLUME,
        configMap: { name: filebeatConfigName(workload) },
      },
    ],
  };
}

function withoutSidecar(container: string, mountPath: string | undefined) {
  return {
    containers: [
      ...(mountPath === undefined
        ? []
        : [
            {
              name: container,
              volumeMounts: [{ $patch: 'delete', mountPath }],
            },
          ]),
      { $patch: 'delete', name: FILEBEAT_CONTAINER },
    ],
    volumes: [
      { $patch: 'delete', name: FILES_VOLUME },
      { $patch: 'delete', name: CONFIG_VOLUME },
    ],
  };
}

/** Where the application writes its files, when a sidecar reads them now. */
function presentMount(template: Template, container: string) {
  const found = template.spec?.containers?.find(
    ({ name }) => name === container,
  );
  const mounts: unknown = found && Reflect.get(found, 'volumeMounts');
  if (!Array.isArray(mounts)) {
    return undefined;
  }
  const mount = mounts.find(entry => entry?.name === FILES_VOLUME);
  return typeof mount?.mountPath === 'string' ? mount.mountPath : undefined;
}

/**
 * The strategic merge patch that makes a workload's pod template collect as
 * asked: hints for Filebeat's autodiscover, and for files a sidecar that
 * shares a volume with the application.
 *
 * @param container - the application's container
 * @public
 */
export function patchLogCollection(
  input: LogCollectionInput,
  options: {
    workload: string;
    container: string;
    template: Template;
    sidecar?: FilebeatSidecar;
  },
): object {
  const { template, container, workload, sidecar } = options;
  const had = readLogCollection(template).collect === 'files';
  let spec: object | undefined;
  if (input.collect === 'files' && sidecar) {
    spec = sidecarParts(input, workload, container, sidecar);
  } else if (had) {
    spec = withoutSidecar(container, presentMount(template, container));
  }
  return {
    spec: {
      template: {
        metadata: { annotations: hints(input) },
        ...(spec && { spec }),
      },
    },
  };
}

/**
 * The sidecar's configuration as plain data: `filebeat.yml`.
 *
 * @public
 */
export function filebeatConfig(
  input: LogCollectionInput,
  sidecar: FilebeatSidecar,
): object {
  const { multiline, paths = [] } = input;
  return {
    'filebeat.inputs': [
      {
        type: 'filestream',
        id: 'orrery',
        paths,
        ...(multiline && {
          parsers: [
            {
              multiline: {
                type: 'pattern',
                pattern: multiline.pattern,
                negate: multiline.negate,
                match: multiline.match,
              },
            },
          ],
        }),
      },
    ],
    processors: [{ add_kubernetes_metadata: {} }],
    output: sidecar.output,
  };
}

/** Answer of `GET /api/logs/collection?cluster=&namespace=&app=`. @public */
export const logCollectionsResponseSchema = z.object({
  workloads: z.array(
    z.object({
      /** `cluster/namespace/Kind/name` */
      ref: z.string(),
      collect: z.enum(['off', 'output', 'files', 'default']),
      multilinePattern: z.string().optional(),
      containers: z.array(z.string()),
    }),
  ),
  /** Whether a sidecar is configured. */
  canCollectFiles: z.boolean(),
  provenance: provenanceSchema,
});

/** @public */
export type LogCollectionsResponse = z.infer<
  typeof logCollectionsResponseSchema
>;
