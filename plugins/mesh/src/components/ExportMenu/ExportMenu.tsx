import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { RiCloseLine, RiDownloadLine } from '@remixicon/react';
import { meshTranslationRef } from '../../translation';
import styles from './ExportMenu.module.css';
import { useExport, type Exported } from './useExport';

/** The graph as it is shown, to be taken along. */
export function ExportMenu(
  props: Exported & {
    /** Whether the graph is shown as a picture, so that there is one to take. */
    hasPicture: boolean;
  },
) {
  const { hasPicture } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const { state, start, cancel } = useExport(props);
  const isWorking = state.type === 'working';
  const picture = (kind: 'png' | 'svg') => (
    <MenuItem
      id={kind}
      isDisabled={!hasPicture}
      onAction={() => start(kind)}
      textValue={t(`export.${kind}`)}
    >
      {hasPicture
        ? t(`export.${kind}`)
        : t('export.needsPicture', { format: t(`export.${kind}`) })}
    </MenuItem>
  );
  return (
    <span className={styles.host}>
      {isWorking ? (
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiCloseLine />}
          onPress={cancel}
        >
          {t('export.cancel')}
        </Button>
      ) : (
        <MenuTrigger>
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiDownloadLine />}
          >
            {t('export.title')}
          </Button>
          <Menu>
            {picture('png')}
            {picture('svg')}
            <MenuItem id="json" onAction={() => start('json')}>
              {t('export.json')}
            </MenuItem>
            <MenuItem id="mermaid" onAction={() => start('mermaid')}>
              {t('export.mermaid')}
            </MenuItem>
            <MenuItem id="copyMermaid" onAction={() => start('copyMermaid')}>
              {t('export.copyMermaid')}
            </MenuItem>
          </Menu>
        </MenuTrigger>
      )}
      <span className={styles.state} role="status" data-state={state.type}>
        {isWorking &&
          t('export.working', { percent: format.percent(state.share) })}
        {(state.type === 'done' || state.type === 'failed') && state.text}
      </span>
    </span>
  );
}
