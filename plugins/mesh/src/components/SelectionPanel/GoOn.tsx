import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink, Text } from '@backstage/ui';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type { GraphNode } from '@orrery/backstage-plugin-mesh-common';
import {
  ActionDialog,
  usePermittedActions,
  useViewState,
} from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { useEntityOfNode } from '../../hooks/useEntityOfNode';
import { evidenceLinks } from '../../model/evidenceLinks';
import { meshTranslationRef } from '../../translation';
import { Section } from './Section';
import styles from './SelectionPanel.module.css';

const RESTART = 'restart-workload';
const RESTARTABLE = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** Where to go from a node, or from an edge to it, and what can be done to it. */
export function GoOn(props: { node: GraphNode; source?: GraphNode }) {
  const { node, source } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const [isRestarting, setRestarting] = useState(false);
  const entityRoute = useRouteRef(entityRouteRef);
  const entity = useEntityOfNode(node);
  const isRestartable = RESTARTABLE.has(node.workloadKind ?? '');
  const input = { workload: node.id };
  const { value: [restart] = [], error } = usePermittedActions(
    'delivery',
    isRestartable ? [{ action: RESTART, input }] : [],
  );
  // Where nobody can tell, the preview will.
  const isOffered = isRestartable && (restart?.allowed || error);
  const [{ range }] = useViewState();
  const { logs, traces } = evidenceLinks({ node, source, range });
  if (!entity && !isRestartable && !logs) {
    return null;
  }
  const title = t('panel.restart', { name: node.name });
  return (
    <Section title={t('panel.goOn')}>
      <div className={styles.actions}>
        {entity && entityRoute && (
          <ButtonLink
            size="small"
            variant="secondary"
            href={entityRoute({
              kind: entity.kind.toLocaleLowerCase('en-US'),
              namespace: entity.metadata.namespace ?? 'default',
              name: entity.metadata.name,
            })}
          >
            {t('panel.openService')}
          </ButtonLink>
        )}
        {traces && (
          <ButtonLink size="small" variant="secondary" href={traces}>
            {t('panel.traces')}
          </ButtonLink>
        )}
        {logs && (
          <ButtonLink size="small" variant="secondary" href={logs}>
            {t('panel.logs')}
          </ButtonLink>
        )}
        {isOffered && (
          <Button
            size="small"
            variant="secondary"
            onPress={() => setRestarting(true)}
          >
            {title}
          </Button>
        )}
      </div>
      {restart && !restart.allowed && (
        <Text as="p" variant="body-small" color="secondary">
          {restart.reason}
        </Text>
      )}
      {isRestarting && (
        <ActionDialog
          title={title}
          pluginId="delivery"
          action={RESTART}
          input={input}
          onClose={() => setRestarting(false)}
        />
      )}
    </Section>
  );
}
