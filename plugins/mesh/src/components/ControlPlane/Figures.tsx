import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ControlPlane } from '@orrery/backstage-plugin-mesh-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { meshTranslationRef } from '../../translation';
import styles from './ControlPlane.module.css';

/** The control plane in a line of figures; an unknown one says so. */
export function Figures(props: { plane: ControlPlane }) {
  const { plane } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const known = plane.revisions.flatMap(({ proxies }) =>
    proxies ? [proxies] : [],
  );
  const sum = (of: 'connected' | 'synced') =>
    format.number(known.reduce((total, proxies) => total + proxies[of], 0));
  const write = (
    value: number | undefined,
    text: (value: number) => string,
  ): string => (value === undefined ? t('plane.unknown') : text(value));
  const figures: [string, string][] = [
    [
      t('plane.inSync'),
      known.length === 0
        ? t('plane.unknown')
        : t('plane.ofTotal', { part: sum('synced'), total: sum('connected') }),
    ],
    [t('plane.pushes'), write(plane.pushesPerSecond, format.rate)],
    [
      t('plane.convergence'),
      write(plane.convergenceP99Seconds, seconds =>
        format.milliseconds(seconds * 1000),
      ),
    ],
    [t('plane.errors'), write(plane.errorsPerSecond, format.rate)],
  ];
  return (
    <dl className={styles.figures}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
