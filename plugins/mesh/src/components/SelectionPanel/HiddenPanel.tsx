import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { meshTranslationRef } from '../../translation';
import styles from './SelectionPanel.module.css';

/** All that the viewer may not see stands for nothing in particular. */
export function HiddenPanel() {
  const { t } = useTranslationRef(meshTranslationRef);
  return (
    <>
      <h2 className={styles.title}>{t('panel.hiddenTitle')}</h2>
      <p className={styles.text}>{t('panel.hiddenHelp')}</p>
    </>
  );
}
