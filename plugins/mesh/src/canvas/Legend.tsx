import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { HealthMark } from '@orrery/backstage-plugin-orrery-react';
import { healthStateSchema } from '@orrery/backstage-plugin-orrery-common';
import { meshTranslationRef } from '../translation';
import styles from './MeshCanvas.module.css';

/** What shapes, lines and glyphs mean; closed until asked. */
export function Legend() {
  const { t } = useTranslationRef(meshTranslationRef);
  const shapes = [
    ['workload', <circle key="s" cx="9" cy="9" r="7" />],
    ['app', <rect key="s" x="2" y="2" width="14" height="14" rx="3" />],
    ['service', <path key="s" d="M9 1.5 16.5 15.5h-15z" />],
    ['gateway', <path key="s" d="M5 2h8l4 7-4 7H5L1 9z" />],
    [
      'store',
      <path
        key="s"
        d="M3 4a6 2.4 0 0 1 12 0v10a6 2.4 0 0 1-12 0zM3 4a6 2.4 0 0 0 12 0"
      />,
    ],
    ['external', <path key="s" d="M9 1l8 8-8 8-8-8z" />],
  ] as const;
  return (
    <details className={styles.legend}>
      <summary>{t('legend.title')}</summary>
      <ul>
        {shapes.map(([name, shape]) => (
          <li key={name}>
            <svg width="18" height="18" aria-hidden="true">
              {shape}
            </svg>
            {t(`legend.${name}`)}
          </li>
        ))}
        {healthStateSchema.options.map(state => (
          <li key={state}>
            <HealthMark state={state} showWord />
          </li>
        ))}
        <li>{t('legend.width')}</li>
        <li>{t('legend.dashes')}</li>
        <li>{t('legend.dots')}</li>
        <li>{t('legend.keys')}</li>
      </ul>
    </details>
  );
}
