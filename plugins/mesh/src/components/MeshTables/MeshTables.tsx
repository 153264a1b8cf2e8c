import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type { Found, MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import { useState } from 'react';
import { meshTranslationRef } from '../../translation';
import { EdgeTable } from './EdgeTable';
import styles from './MeshTables.module.css';
import { NodeTable } from './NodeTable';

/** @public */
export type MeshTablesProps = {
  graph: MeshGraph;
  selected?: string;
  onSelect: (id: string | undefined) => void;
  /** What an expression finds; it is marked. */
  found?: Found;
};

/** The graph as tables, with everything that the picture says. */
export function MeshTables(props: MeshTablesProps) {
  const { t } = useTranslationRef(meshTranslationRef);
  const [kind, setKind] = useState<'edges' | 'nodes'>('edges');
  const { graph } = props;
  return (
    <div className={styles.tables}>
      <ToggleButtonGroup
        aria-label={t('toolbar.table')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[kind]}
        onSelectionChange={keys =>
          setKind(keys.has('nodes') ? 'nodes' : 'edges')
        }
      >
        <ToggleButton id="edges">
          {`${t('table.edges')} (${graph.edges.length})`}
        </ToggleButton>
        <ToggleButton id="nodes">
          {`${t('table.nodes')} (${graph.nodes.length})`}
        </ToggleButton>
      </ToggleButtonGroup>
      {kind === 'edges' ? <EdgeTable {...props} /> : <NodeTable {...props} />}
    </div>
  );
}
