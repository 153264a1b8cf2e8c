import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody, Select, Skeleton } from '@backstage/ui';
import type {
  Canary,
  CanaryComparison,
  FigureComparison,
} from '@orrery/backstage-plugin-delivery-common';
import {
  ProblemPanel,
  useFormat,
  useUrlParameter,
} from '@orrery/backstage-plugin-orrery-react';
import { useComparison } from '../../hooks/useCanaryFigures';
import { createFigureFormat } from '../../model/formatFigure';
import { deliveryTranslationRef } from '../../translation';
import styles from './CanaryFigures.module.css';
import { VersionChip } from './VersionChip';

/** A part that scrolls must be reachable by keyboard, though nothing in it can be pressed. */
const SCROLLING = { role: 'group', tabIndex: 0 };

const WINDOWS = ['1m', '5m', '10m', '30m', '1h'];

/** Both versions side by side, with what differs and what may differ. */
export function CanaryFigures(props: { canary: Canary }) {
  const { canary } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [window, setWindow] = useUrlParameter('window', '5m');
  const duration = WINDOWS.includes(window) ? window : '5m';
  const { value, error, retry } = useComparison(canary.ref, duration);
  return (
    <Card>
      <CardBody>
        <div className={styles.head}>
          <h3 className={styles.title}>{t('figures.title')}</h3>
          <Select
            size="small"
            aria-label={t('figures.window')}
            options={WINDOWS.map(id => ({
              id,
              label: t('figures.last', { duration: id }),
            }))}
            value={duration}
            onChange={key => setWindow(String(key))}
          />
        </div>
        {error && (
          <ProblemPanel
            sources={[
              {
                name: t('figures.title'),
                state: 'failed',
                reason: error.message,
              },
            ]}
            warnings={[]}
            onRetry={retry}
          />
        )}
        {!value && !error && <Skeleton height={120} />}
        {value && (
          <>
            <ProblemPanel sources={value.sources} warnings={value.warnings} />
            <Figures canary={canary} comparison={value} />
          </>
        )}
      </CardBody>
    </Card>
  );
}

const STATE_GLYPHS = {
  passing: '✓',
  failing: '×',
  inconclusive: '…',
  unknown: '?',
};

function Figures(props: { canary: Canary; comparison: CanaryComparison }) {
  const { canary, comparison } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = createFigureFormat(useFormat());
  const { figures, stable, canary: other } = comparison;
  if (figures.length === 0) {
    return null;
  }
  const significance = ({ pValue, difference }: FigureComparison) => {
    if (difference === undefined || pValue === undefined) {
      return null;
    }
    return (
      <span className={styles.small}>
        {pValue < 0.05 ? format.pValue(pValue) : t('figures.notSignificant')}
      </span>
    );
  };
  return (
    <div
      className={styles.scroll}
      {...SCROLLING}
      aria-label={t('figures.title')}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('figures.version')}</th>
            {figures.map(({ figure }) => (
              <th key={figure} scope="col">
                {t(`figure.${figure}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              <VersionChip side="stable" version={canary.stableVersion} />
            </th>
            {figures.map(({ figure }) => (
              <td key={figure}>{format.value(figure, stable[figure])}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">
              <VersionChip
                side="canary"
                version={canary.canaryVersion ?? '?'}
              />
            </th>
            {figures.map(({ figure }) => (
              <td key={figure}>{format.value(figure, other[figure])}</td>
            ))}
          </tr>
          <tr className={styles.difference}>
            <th scope="row">{t('figures.difference')}</th>
            {figures.map(comparisonOf => (
              <td key={comparisonOf.figure} data-state={comparisonOf.state}>
                {format.difference(
                  comparisonOf.figure,
                  comparisonOf.difference,
                )}{' '}
                {significance(comparisonOf)}
              </td>
            ))}
          </tr>
          {figures.some(({ limit }) => limit) && (
            <tr>
              <th scope="row">{t('figures.judged')}</th>
              {figures.map(({ figure, limit, state }) => (
                <td key={figure} className={styles.limit} data-state={state}>
                  {limit && state && (
                    <span title={limit}>
                      {STATE_GLYPHS[state]} {t(`judged.${state}`)}
                    </span>
                  )}
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
