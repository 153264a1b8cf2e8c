import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import styles from './DeliveryStrip.module.css';

/** @public */
export type SectionLinkProps = {
  /** Id of an element of the page. */
  section: string;
  /** What the link opens there, as parameters of the page. */
  open?: Readonly<Record<string, string>>;
  children: ReactNode;
};

/** Leads to a section of the page, and opens something in it. */
export function SectionLink(props: SectionLinkProps) {
  const { section, open = {}, children } = props;
  const [parameters] = useSearchParams();
  const changed = new URLSearchParams(parameters);
  Object.entries(open).forEach(([name, value]) => changed.set(name, value));
  return (
    <Link
      className={styles.link}
      to={{ search: changed.toString(), hash: section }}
      replace
      onClick={() =>
        // The router changes the address without going anywhere.
        document.getElementById(section)?.scrollIntoView({ block: 'start' })
      }
    >
      {children}
    </Link>
  );
}
