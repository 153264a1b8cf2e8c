import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Box, ButtonIcon, Text } from '@backstage/ui';
import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import { RiCloseLine } from '@remixicon/react';
import type { GraphRequest } from '../../api';
import type { Selection } from '../../model/selection';
import { meshTranslationRef } from '../../translation';
import { EdgePanel } from './EdgePanel';
import { HiddenPanel } from './HiddenPanel';
import { NodePanel } from './NodePanel';
import styles from './SelectionPanel.module.css';

/** A part that scrolls must be reachable by keyboard. */
const SCROLLING = { tabIndex: 0 };

/** @public */
export type SelectionPanelProps = {
  graph: MeshGraph;
  request: GraphRequest;
  selection: Exclude<Selection, { type: 'none' }>;
  onSelect: (id: string | undefined) => void;
};

/** What is known about the selected node or edge, and where to go from it. */
export function SelectionPanel(props: SelectionPanelProps) {
  const { selection, onSelect } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  return (
    <aside
      className={styles.panel}
      aria-label={t('panel.label')}
      {...SCROLLING}
    >
      <Box bg="neutral">
        <ButtonIcon
          className={styles.close}
          size="small"
          variant="tertiary"
          aria-label={t('panel.close')}
          icon={<RiCloseLine />}
          onPress={() => onSelect(undefined)}
        />
        {selection.type === 'gone' && (
          <>
            <Text as="h2" variant="title-x-small">
              {t('panel.gone')}
            </Text>
            <Text as="p">{t('panel.goneHelp')}</Text>
            <code className={styles.code}>{selection.id}</code>
          </>
        )}
        {selection.type === 'edge' && (
          <EdgePanel {...props} selection={selection} />
        )}
        {selection.type === 'node' &&
          (selection.node.kind === 'hidden' ? (
            <HiddenPanel />
          ) : (
            <NodePanel {...props} selection={selection} />
          ))}
      </Box>
    </aside>
  );
}
