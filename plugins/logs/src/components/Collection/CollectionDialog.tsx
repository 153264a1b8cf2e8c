import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select, TextField } from '@backstage/ui';
import type { LogCollectionsResponse } from '@orrery/backstage-plugin-logs-common';
import { ActionDialog } from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { logsTranslationRef } from '../../translation';
import styles from './Collection.module.css';

type Choice = 'off' | 'output' | 'files';

/** Asks what is to be collected, and shows what that would do. */
export function CollectionDialog(props: {
  workload: LogCollectionsResponse['workloads'][number];
  name: string;
  canCollectFiles: boolean;
  onClose: () => void;
}) {
  const { workload, name, canCollectFiles, onClose } = props;
  const { t } = useTranslationRef(logsTranslationRef);
  const [collect, setCollect] = useState<Choice>(
    workload.collect === 'off' ? 'output' : 'off',
  );
  const [pattern, setPattern] = useState(workload.multilinePattern ?? '');
  const [paths, setPaths] = useState('');
  const files = paths
    .split(/[\s,]+/)
    .map(path => path.trim())
    .filter(path => path !== '');
  const choices: Choice[] = canCollectFiles
    ? ['off', 'output', 'files']
    : ['off', 'output'];
  const isFilled = collect !== 'files' || files.length > 0;
  return (
    <ActionDialog
      title={t('collection.title', { name })}
      pluginId="logs"
      action="set-log-collection"
      input={
        isFilled
          ? {
              workload: workload.ref,
              collect,
              ...(collect !== 'off' &&
                pattern !== '' && { multiline: { pattern } }),
              ...(collect === 'files' && { paths: files }),
            }
          : undefined
      }
      onClose={onClose}
    >
      <div className={styles.fields}>
        <Select
          label={t('collection.what')}
          options={choices.map(id => ({
            id,
            label: t(`collection.choice.${id}`),
          }))}
          value={collect}
          onChange={key => setCollect(String(key) as Choice)}
        />
        {collect !== 'off' && (
          <TextField
            label={t('collection.pattern')}
            description={t('collection.patternHelp')}
            value={pattern}
            onChange={setPattern}
          />
        )}
        {collect === 'files' && (
          <TextField
            label={t('collection.paths')}
            description={t('collection.pathsHelp')}
            value={paths}
            onChange={setPaths}
          />
        )}
      </div>
    </ActionDialog>
  );
}
