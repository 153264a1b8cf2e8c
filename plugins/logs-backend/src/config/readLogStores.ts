import type { Config } from '@backstage/config';
import {
  LOG_FIELD_ROLES,
  type LogFieldMap,
  type LogFieldRole,
} from '@orrery/backstage-plugin-logs-common';
import {
  readHeaders,
  readPositive,
  readUrl,
  refuse,
} from '@orrery/backstage-plugin-orrery-node';

const CREDENTIALS = 'username and password';

/** Where and how to ask one store of lines. */
export type LogStoreConfig = {
  cluster: string;
  url: string;
  index: string;
  headers: Readonly<Record<string, string>>;
  timeoutSeconds: number;
  maxConcurrency: number;
  /** What is configured counts; the rest is detected. */
  fields: LogFieldMap;
  kibana?: { url: string; dataView?: string };
};

function readCredentials(config: Config, path: string): Record<string, string> {
  const username = config.getOptionalString('username');
  const password = config.getOptionalString('password');
  const apiKey = config.getOptionalString('apiKey');
  if (username !== undefined && apiKey !== undefined) {
    refuse(path, 'either username and password or apiKey', 'both');
  }
  if ((username === undefined) !== (password === undefined)) {
    refuse(
      `${path}.${username === undefined ? 'username' : 'password'}`,
      'username and password together',
      undefined,
    );
  }
  const headers = readHeaders(config);
  if (username !== undefined) {
    const pair = Buffer.from(`${username}:${password}`).toString('base64');
    headers.Authorization = `Basic ${pair}`;
  } else if (apiKey !== undefined) {
    headers.Authorization = `ApiKey ${apiKey}`;
  }
  return headers;
}

function readIndex(config: Config, path: string): string {
  const index = config.getOptionalString('index') ?? 'filebeat-*';
  // What Elasticsearch refuses in names of indexes, and what would address an API of its own.
  if (!/^[^_\-+\s"\\/?<>|#][^\s"\\/?<>|#]*$/.test(index)) {
    refuse(
      `${path}.index`,
      'a pattern of index names such as filebeat-*',
      index,
    );
  }
  return index;
}

function readFields(config: Config | undefined, path: string): LogFieldMap {
  const fields: LogFieldMap = {};
  for (const role of config?.keys() ?? []) {
    if (!LOG_FIELD_ROLES.some(known => known === role)) {
      refuse(
        `${path}.fields.${role}`,
        `one of ${LOG_FIELD_ROLES.join(', ')}`,
        role,
      );
    }
    fields[role as LogFieldRole] = config?.getString(role);
  }
  return fields;
}

/**
 * Reads `orrery.clusters[].logs`.
 *
 * @throws Error that names the key, what was expected and what was found.
 */
export function readLogStores(config: Config): LogStoreConfig[] {
  const clusters = config.getOptionalConfigArray('orrery.clusters') ?? [];
  return clusters.flatMap((cluster, index) => {
    const path = `orrery.clusters[${index}].logs`;
    const logs = cluster.getOptionalConfig('logs');
    if (!logs) {
      return [];
    }
    const kibana = logs.getOptionalConfig('kibana');
    return [
      {
        cluster: cluster.getString('name'),
        url: readUrl(logs, 'url', path, CREDENTIALS),
        index: readIndex(logs, path),
        headers: readCredentials(logs, path),
        timeoutSeconds: readPositive(logs, 'timeoutSeconds', path, 15),
        maxConcurrency: readPositive(logs, 'maxConcurrency', path, 8),
        fields: readFields(logs.getOptionalConfig('fields'), path),
        ...(kibana && {
          kibana: {
            url: readUrl(kibana, 'url', `${path}.kibana`, CREDENTIALS),
            dataView: kibana.getOptionalString('dataView'),
          },
        }),
      },
    ];
  });
}
