import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SearchField, Skeleton, Text } from '@backstage/ui';
import type { CanarySummary } from '@orrery/backstage-plugin-delivery-common';
import {
  ProblemPanel,
  useUrlParameter,
  useViewState,
} from '@orrery/backstage-plugin-orrery-react';
import { useCanaries } from '../../hooks/useCanaries';
import { GROUPS, groupCanaries } from '../../model/groupCanaries';
import { deliveryTranslationRef } from '../../translation';
import { CanaryTable } from './CanaryTable';
import styles from './RolloutsInbox.module.css';

/** All canaries of all engines, what waits first. */
export function RolloutsInbox(props: { onOpen: (ref: string) => void }) {
  const { onOpen } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [view] = useViewState();
  const [text, setText] = useUrlParameter('q', '');
  const { value, error, retry } = useCanaries({
    cluster: view.cluster,
    namespaces: view.namespaces,
  });
  if (!value) {
    return error ? (
      <ProblemPanel
        sources={[
          { name: t('page.rollouts'), state: 'failed', reason: error.message },
        ]}
        warnings={[]}
        onRetry={retry}
      />
    ) : (
      <div role="status" aria-label={t('inbox.loading')}>
        <Skeleton height={240} />
      </div>
    );
  }
  const wanted = value.canaries.filter(canary => isFound(canary, text));
  const groups = groupCanaries(wanted);
  const absent = value.engines.filter(
    ({ source }) => source.state === 'absent',
  );
  return (
    <div className={styles.inbox}>
      {error && (
        <ProblemPanel
          sources={[
            { name: t('page.rollouts'), state: 'stale', reason: error.message },
          ]}
          warnings={[]}
          onRetry={retry}
        />
      )}
      <ProblemPanel
        sources={value.sources}
        warnings={value.warnings}
        onRetry={retry}
      />
      <SearchField
        size="small"
        aria-label={t('inbox.filter')}
        placeholder={t('inbox.filter')}
        value={text}
        onChange={setText}
      />
      {value.canaries.length === 0 && <Text>{t('inbox.empty')}</Text>}
      {value.canaries.length > 0 && wanted.length === 0 && (
        <Text>{t('inbox.noneFound', { text })}</Text>
      )}
      {GROUPS.filter(group => groups[group].length > 0).map(group => (
        <section key={group} aria-labelledby={`inbox-${group}`}>
          <h2 id={`inbox-${group}`} className={styles.title}>
            {t(`inbox.${group}`)}{' '}
            <span className={styles.count}>{groups[group].length}</span>
          </h2>
          <CanaryTable canaries={groups[group]} onOpen={onOpen} />
        </section>
      ))}
      {absent.length > 0 && (
        <p className={styles.absent}>
          {t('inbox.absent', {
            engines: absent
              .map(({ title, cluster }) => `${title} (${cluster})`)
              .join(', '),
          })}
        </p>
      )}
    </div>
  );
}

function isFound(canary: CanarySummary, text: string): boolean {
  const words = text.toLocaleLowerCase('en-US').split(/\s+/).filter(Boolean);
  const facts = [
    canary.ref,
    canary.app,
    canary.engineTitle,
    canary.phase,
    canary.environment,
    canary.canaryVersion,
    canary.stableVersion,
    ...(canary.owners ?? []),
  ]
    .join(' ')
    .toLocaleLowerCase('en-US');
  return words.every(word => facts.includes(word));
}
