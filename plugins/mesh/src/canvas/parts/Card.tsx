import { forwardRef } from 'react';
import { HealthMark } from '@orrery/backstage-plugin-orrery-react';
import type { HealthState } from '@orrery/backstage-plugin-orrery-common';
import styles from '../MeshCanvas.module.css';

/** Name and figures of one mark or line, in letters that zooming does not shrink. */
export const Card = forwardRef<
  HTMLDivElement,
  { title: string; health: HealthState; facts: readonly string[] }
>(function CardBox({ title, health, facts }, ref) {
  return (
    // What it says is the name of the element with the focus, or in the panel.
    <div ref={ref} className={styles.card} aria-hidden="true">
      <div className={styles.cardTitle}>
        <HealthMark state={health} />
        <span>{title}</span>
      </div>
      {facts.length > 0 && (
        <div className={styles.cardFacts}>{facts.join(' · ')}</div>
      )}
    </div>
  );
});
