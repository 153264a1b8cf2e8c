import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type { ConfigPrefix } from '@orrery/backstage-plugin-config-center-common';
import {
  LiveIndicator,
  ProblemPanel,
  usePermittedActions,
  useUrlParameter,
} from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { useConfigTree } from '../../hooks/useConfigTree';
import { configTranslationRef } from '../../translation';
import { Compare } from '../Compare';
import { ConfigMaps } from '../ConfigMaps';
import { History } from '../History';
import styles from './ConfigView.module.css';
import { KeysView } from './KeysView';
import { Readers } from './Readers';
import { TokenBar } from './TokenBar';

const VIEWS = ['keys', 'configMaps', 'compare', 'history'] as const;
type View = (typeof VIEWS)[number];

/** The configuration of one service. */
export function ConfigView(props: {
  service: string;
  /** Others to compare with. */
  prefixes: readonly ConfigPrefix[];
}) {
  const { service, prefixes } = props;
  const { t } = useTranslationRef(configTranslationRef);
  const [view, setView] = useUrlParameter('view', 'keys');
  const shown: View = VIEWS.find(each => each === view) ?? 'keys';
  const [attempt, setAttempt] = useState(0);
  return (
    <div className={styles.view}>
      <ToggleButtonGroup
        className={styles.tabs}
        aria-label={t('tab.label')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[shown]}
        onSelectionChange={keys => setView(String([...keys].at(0) ?? 'keys'))}
      >
        {VIEWS.map(id => (
          <ToggleButton key={id} id={id}>
            {t(`tab.${id}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {shown === 'configMaps' ? (
        <div className={styles.scroll}>
          <ConfigMaps service={service} />
        </div>
      ) : (
        <LiveView
          key={attempt}
          service={service}
          prefixes={prefixes}
          view={shown}
          onRetry={() => setAttempt(count => count + 1)}
        />
      )}
    </div>
  );
}

function LiveView(props: {
  service: string;
  prefixes: readonly ConfigPrefix[];
  view: Exclude<View, 'configMaps'>;
  onRetry: () => void;
}) {
  const { service, prefixes, view, onRetry } = props;
  const live = useConfigTree(service);
  const { tree, error, state, at } = live;
  const permitted = usePermittedActions('config-center', [
    { action: 'set-key', input: { service, key: 'any', value: '' } },
  ]);
  const answer = permitted.value?.at(0);
  const access = {
    isAllowed: answer?.allowed ?? false,
    needsApproval: answer?.needsApproval ?? false,
    ...(answer?.reason !== undefined && { reason: answer.reason }),
  };
  const version = (tree?.entries ?? [])
    .map(({ key, modifyIndex }) => `${key}@${modifyIndex}`)
    .join(' ');
  return (
    <>
      <div className={styles.bar}>
        <LiveIndicator
          state={state}
          at={at}
          {...(error && { reason: error.message })}
        />
        <Readers service={service} />
        <TokenBar service={service} />
      </div>
      {error && (
        <ProblemPanel
          sources={[
            {
              name: 'Consul',
              state: error.name === 'NotAllowedError' ? 'forbidden' : 'failed',
              reason: error.message,
            },
          ]}
          warnings={[]}
          onRetry={onRetry}
        />
      )}
      {!tree && !error && <Skeleton height={300} />}
      {tree && view === 'keys' && <KeysView tree={tree} access={access} />}
      {tree && view !== 'keys' && (
        <div className={styles.scroll}>
          {view === 'compare' ? (
            <Compare service={service} prefixes={prefixes} version={version} />
          ) : (
            <History service={service} access={access} version={version} />
          )}
        </div>
      )}
    </>
  );
}
