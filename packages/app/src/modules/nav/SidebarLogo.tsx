import { Link, useSidebarOpenState } from '@backstage/core-components';
import styles from './SidebarLogo.module.css';

/** The name of the portal, which leads home. */
export function SidebarLogo() {
  const { isOpen } = useSidebarOpenState();
  return (
    <Link
      to="/"
      underline="none"
      className={styles.link}
      aria-label="Orrery, home"
    >
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <circle cx="16" cy="16" r="13" className={styles.orbit} />
        <circle cx="16" cy="16" r="8" className={styles.orbit} />
        <circle cx="16" cy="16" r="3.5" className={styles.sun} />
        <circle cx="26.5" cy="8.5" r="2.4" className={styles.planet} />
        <circle cx="9.8" cy="21" r="1.8" className={styles.planet} />
      </svg>
      {isOpen && <span className={styles.name}>Orrery</span>}
    </Link>
  );
}
