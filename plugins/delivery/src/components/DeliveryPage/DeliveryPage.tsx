import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import {
  ScopeBar,
  useUrlParameter,
} from '@orrery/backstage-plugin-orrery-react';
import { deliveryTranslationRef } from '../../translation';
import { CanaryScreen } from '../CanaryScreen';
import { ReleasesTab } from '../Releases';
import styles from './DeliveryPage.module.css';
import { RolloutsInbox } from './RolloutsInbox';

/** What is rolling out, what waits, what failed; and one canary whole. */
export function DeliveryPage() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [tab, setTab] = useUrlParameter('tab', 'rollouts');
  const [canary, setCanary] = useUrlParameter('canary', '');
  return (
    <Container>
      <div className={styles.page}>
        <header className={styles.header}>
          <h1 className={styles.title}>{t('page.title')}</h1>
          <ScopeBar parts="cluster" />
        </header>
        {canary === '' ? (
          <Tabs
            selectedKey={tab}
            onSelectionChange={key => setTab(String(key))}
          >
            <TabList>
              <Tab id="rollouts">{t('page.rollouts')}</Tab>
              <Tab id="releases">{t('numbers.tab')}</Tab>
            </TabList>
            <TabPanel id="rollouts">
              <RolloutsInbox onOpen={setCanary} />
            </TabPanel>
            <TabPanel id="releases">
              <ReleasesTab />
            </TabPanel>
          </Tabs>
        ) : (
          <>
            <button
              type="button"
              className={styles.back}
              onClick={() => setCanary('')}
            >
              ← {t('page.back')}
            </button>
            <h2 className={styles.subject}>{nameOf(canary)}</h2>
            <CanaryScreen canaryRef={canary} />
          </>
        )}
      </div>
    </Container>
  );
}

/** `cluster/namespace/Kind/name` as people read it. */
function nameOf(ref: string): string {
  const [cluster, namespace, , name] = ref.split('/');
  return `${name ?? ref} · ${namespace ?? ''} · ${cluster}`;
}
