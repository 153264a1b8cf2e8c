import { Container } from '@backstage/ui';
import type { HomeCardArea } from '@orrery/backstage-plugin-orrery-react';
import type { ReactElement } from 'react';
import styles from './HomePage.module.css';

/** @public */
export type HomePageProps = {
  cards: readonly { key: string; area: HomeCardArea; element: ReactElement }[];
};

/** The cards that domains bring, in two columns. */
export function HomePage(props: HomePageProps) {
  const areas: HomeCardArea[] = ['main', 'side'];
  return (
    <Container>
      <div className={styles.columns}>
        {areas.map(area => (
          <div key={area} className={styles.column}>
            {props.cards
              .filter(card => card.area === area)
              .map(card => (
                <div key={card.key}>{card.element}</div>
              ))}
          </div>
        ))}
      </div>
    </Container>
  );
}
