import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { HealthMark } from '@orrery/backstage-plugin-orrery-react';
import { healthStateSchema } from '@orrery/backstage-plugin-orrery-common';
import styles from '../MeshCanvas.module.css';
import { meshCanvasTranslationRef } from '../translation';

const SHAPES = [
  ['workload', 'M9 2a7 7 0 1 1 0 14a7 7 0 1 1 0-14z'],
  [
    'app',
    'M4 2h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2z',
  ],
  ['service', 'M9 1.5 16.5 15.5h-15z'],
  ['gateway', 'M5 2h8l4 7-4 7H5L1 9z'],
  ['waypoint', 'M1 4h10l6 5-6 5H1l4-5z'],
  ['store', 'M3 4a6 2.4 0 0 1 12 0v10a6 2.4 0 0 1-12 0zM3 4a6 2.4 0 0 0 12 0'],
  ['external', 'M9 1l8 8-8 8-8-8z'],
  ['operation', 'M5 5h8a4 4 0 0 1 0 8H5a4 4 0 0 1 0-8z'],
  [
    'hidden',
    'M9 2a7 7 0 1 1 0 14a7 7 0 1 1 0-14zM3 12l8-10M5 15l10-11M9 16l7-8',
  ],
  ['group', 'M4 2h13v10M2 5h13v11H2z'],
  ['dead', 'M9 2a7 7 0 1 1 0 14a7 7 0 1 1 0-14zM1 15 17 3'],
] as const;

const LINES = [
  'layer4',
  'ring',
  'lock',
  'width',
  'dashes',
  'double',
  'dots',
  'comparison',
  'keys',
] as const;

/** What shapes, lines, glyphs and keys mean; closed until asked. */
export function Legend() {
  const { t } = useTranslationRef(meshCanvasTranslationRef);
  return (
    <details className={styles.legend}>
      <summary>{t('legend.title')}</summary>
      <ul>
        {SHAPES.map(([name, path]) => (
          <li key={name}>
            <svg width="18" height="18" aria-hidden="true">
              <path d={path} />
            </svg>
            {t(`legend.${name}`)}
          </li>
        ))}
        {healthStateSchema.options.map(state => (
          <li key={state}>
            <HealthMark state={state} showWord />
          </li>
        ))}
        {LINES.map(name => (
          <li key={name}>{t(`legend.${name}`)}</li>
        ))}
      </ul>
    </details>
  );
}
