import {
  maskChange,
  maskSecrets,
  type ConfigChange,
} from '@orrery/backstage-plugin-config-center-common';
import type { StoredChange } from './HistoryStore';

/** A change as it is sent, its secrets masked. */
export function describeChange(change: StoredChange): ConfigChange {
  const { key, before, after, actor, reason, manager } = change;
  const masked = maskChange(key, before, after);
  return {
    id: change.id,
    key,
    change: change.change,
    at: change.at,
    by: change.by,
    modifyIndex: change.modifyIndex,
    ...(actor !== undefined && { actor }),
    ...(reason !== undefined && { reason }),
    ...(manager !== undefined && { manager }),
    ...(before !== undefined && { before: masked.before }),
    ...(after !== undefined && { after: masked.after }),
    isMasked: [before, after].some(
      text => text !== undefined && maskSecrets(key, text).isMasked,
    ),
  };
}
