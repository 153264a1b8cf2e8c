import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ScopeBar, useViewState } from '@orrery/backstage-plugin-orrery-react';
import { logsTranslationRef } from '../../translation';
import styles from './LogsPage.module.css';
import { LogsView } from './LogsView';

/** Lines of everything that the viewer may read. */
export function LogsPage() {
  const { t } = useTranslationRef(logsTranslationRef);
  const [state] = useViewState();
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1 className={styles.title}>{t('page.title')}</h1>
        <ScopeBar />
      </header>
      <LogsView cluster={state.cluster} namespaces={state.namespaces} />
    </div>
  );
}
