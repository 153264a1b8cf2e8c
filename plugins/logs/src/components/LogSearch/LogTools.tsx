import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  ButtonLink,
  Menu,
  MenuItem,
  MenuTrigger,
  Switch,
} from '@backstage/ui';
import { useAsyncValue } from '@orrery/backstage-plugin-orrery-react';
import { useCallback, useState } from 'react';
import { logsApiRef, type DownloadFormat, type LogRequest } from '../../api';
import { saveResponse } from '../../model/saveResponse';
import type { LogView } from '../../model/logView';
import { logsTranslationRef } from '../../translation';
import styles from './LogSearch.module.css';

/** What can be done with the lines as a whole, and how they are shown. */
export function LogTools(props: {
  request: LogRequest;
  view: LogView;
  hasKibana: boolean;
  onView: (change: Partial<LogView>) => void;
}) {
  const { request, view, hasKibana, onView } = props;
  const { t } = useTranslationRef(logsTranslationRef);
  const api = useApi(logsApiRef);
  const [told, setTold] = useState('');
  const key = JSON.stringify(request);
  const ask = useCallback(
    async () => (hasKibana ? api.link(JSON.parse(key)) : {}),
    [api, key, hasKibana],
  );
  const { value: link } = useAsyncValue<{ kibana?: string }>(ask);
  const download = async (format: DownloadFormat) => {
    setTold(t('tools.downloading'));
    try {
      await saveResponse(
        await api.download(request, format),
        `logs.${format === 'text' ? 'txt' : 'ndjson'}`,
      );
      setTold(t('tools.downloaded'));
    } catch (error) {
      setTold(error instanceof Error ? error.message : String(error));
    }
  };
  const share = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      setTold(t('tools.copied'));
    } catch {
      setTold(t('tools.copyByHand'));
    }
  };
  return (
    <div className={styles.tools}>
      <Switch
        label={t('tools.wrap')}
        isSelected={view.isWrapped}
        onChange={isWrapped => onView({ isWrapped })}
      />
      <Switch
        label={t('tools.utc')}
        isSelected={view.isUtc}
        onChange={isUtc => onView({ isUtc })}
      />
      <Switch
        label={t('tools.compare')}
        isSelected={view.isCompared}
        onChange={isCompared => onView({ isCompared })}
      />
      <Button size="small" variant="secondary" onPress={share}>
        {t('tools.share')}
      </Button>
      <MenuTrigger>
        <Button size="small" variant="secondary">
          {t('tools.download')}
        </Button>
        <Menu>
          <MenuItem onAction={() => download('ndjson')}>ndjson</MenuItem>
          <MenuItem onAction={() => download('text')}>
            {t('tools.text')}
          </MenuItem>
        </Menu>
      </MenuTrigger>
      {link?.kibana && (
        <ButtonLink
          size="small"
          variant="secondary"
          href={link.kibana}
          target="_blank"
        >
          {t('tools.kibana')}
        </ButtonLink>
      )}
      <span role="status">{told}</span>
    </div>
  );
}
