import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonIcon } from '@backstage/ui';
import { RiArrowDownSLine, RiArrowUpSLine } from '@remixicon/react';
import type { MeshFind } from '../../hooks/useFind';
import { meshTranslationRef } from '../../translation';
import styles from './FindBar.module.css';

/** How much was found and how much is hidden, with the ways through both. */
export function FindCounts(props: {
  state: MeshFind;
  /** Place of the selected match among all, -1 for none. */
  place: number;
  onGo: (step: 1 | -1) => void;
}) {
  const { state, place, onGo } = props;
  const { found, hidden, isRevealed } = state;
  const { t } = useTranslationRef(meshTranslationRef);
  const sizes = (nodes: number, edges: number) =>
    `${t('find.nodes', { count: nodes })}, ${t('find.edges', {
      count: edges,
    })}`;
  const total = found ? found.nodes.size + found.edges.size : 0;
  const isHiding = hidden.nodes + hidden.edges > 0;
  return (
    <div className={styles.counts}>
      <span role="status" aria-label={t('find.results')}>
        {found && total === 0 && t('find.nothing')}
        {found && total > 0 && sizes(found.nodes.size, found.edges.size)}
        {total > 0 &&
          place >= 0 &&
          ` · ${t('find.match', {
            place: String(place + 1),
            total: String(total),
          })}`}
      </span>
      {total > 0 && (
        <span className={styles.steps}>
          <ButtonIcon
            size="small"
            variant="tertiary"
            icon={<RiArrowUpSLine />}
            aria-label={t('find.previous')}
            onPress={() => onGo(-1)}
          />
          <ButtonIcon
            size="small"
            variant="tertiary"
            icon={<RiArrowDownSLine />}
            aria-label={t('find.next')}
            onPress={() => onGo(1)}
          />
        </span>
      )}
      {isHiding && (
        <span className={styles.hidden}>
          <span role="status" aria-label={t('find.hiddenLabel')}>
            {t(isRevealed ? 'find.revealed' : 'find.hidden', {
              sizes: sizes(hidden.nodes, hidden.edges),
            })}
          </span>
          <Button
            size="small"
            variant="tertiary"
            onPress={() => state.setRevealed(!isRevealed)}
          >
            {t(isRevealed ? 'find.hideAgain' : 'find.reveal')}
          </Button>
        </span>
      )}
    </div>
  );
}
