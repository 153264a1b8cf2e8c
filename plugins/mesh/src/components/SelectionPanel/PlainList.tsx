import styles from './SelectionPanel.module.css';
import { Section } from './Section';

/** Names below a heading; nothing at all where there are none. */
export function PlainList(props: {
  title: string;
  items: readonly string[] | undefined;
  isClosed?: boolean;
}) {
  const { title, items = [], isClosed } = props;
  return items.length === 0 ? null : (
    <Section title={title} isClosed={isClosed}>
      <ul className={styles.list}>
        {items.map(item => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </Section>
  );
}
