import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import {
  buildTree,
  filterTree,
  type ConfigEntry,
} from '@orrery/backstage-plugin-config-center-common';
import {
  RiAlertLine,
  RiArrowDownSLine,
  RiArrowRightSLine,
  RiFileTextLine,
  RiLockLine,
  RiPencilLine,
} from '@remixicon/react';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { visibleNodes, type VisibleNode } from '../../model/visibleNodes';
import { configTranslationRef } from '../../translation';
import styles from './KeyTree.module.css';

const INDENT = 16;

/** Keys as folders; arrow keys move, open and close. */
export function KeyTree(props: {
  prefix: string;
  entries: readonly ConfigEntry[];
  search: string;
  selected: string | undefined;
  /** Keys that somebody is writing. */
  drafts: readonly string[];
  onSelect: (key: string) => void;
}) {
  const { prefix, entries, search, selected, drafts, onSelect } = props;
  const { t } = useTranslationRef(configTranslationRef);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string>();
  const listRef = useRef<HTMLUListElement>(null);
  const rows = useMemo(() => {
    const tree = filterTree(
      buildTree(entries),
      search,
      ({ excerpt }) => excerpt,
    );
    return visibleNodes(tree, search === '' ? closed : new Set());
  }, [entries, search, closed]);

  const isThere = (path: string | undefined) =>
    rows.some(({ node }) => node.path === path);
  // One row of a tree can be reached by Tab; arrows do the rest.
  const current = [focused, selected].find(isThere) ?? rows.at(0)?.node.path;

  const focus = (path: string) => {
    setFocused(path);
    listRef.current
      ?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`)
      ?.focus();
  };
  const toggle = (path: string, isOpen: boolean) =>
    setClosed(before => {
      const after = new Set(before);
      if (isOpen) {
        after.delete(path);
      } else {
        after.add(path);
      }
      return after;
    });
  const press = (row: VisibleNode<ConfigEntry>) => {
    const { node, isOpen } = row;
    setFocused(node.path);
    if (node.item) {
      onSelect(node.item.key);
    } else {
      toggle(node.path, !isOpen);
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const index = rows.findIndex(({ node }) => node.path === current);
    const row = rows.at(Math.max(0, index));
    if (!row) {
      return;
    }
    const parent = () =>
      rows
        .slice(0, index)
        .reverse()
        .find(({ level }) => level < row.level)?.node.path;
    const moves: Record<string, () => string | undefined> = {
      ArrowDown: () => rows[index + 1]?.node.path,
      ArrowUp: () => rows[index - 1]?.node.path,
      Home: () => rows[0]?.node.path,
      End: () => rows.at(-1)?.node.path,
      ArrowRight: () => {
        if (row.node.children && !row.isOpen) {
          toggle(row.node.path, true);
          return undefined;
        }
        return row.isOpen ? rows[index + 1]?.node.path : undefined;
      },
      ArrowLeft: () => {
        if (row.isOpen) {
          toggle(row.node.path, false);
          return undefined;
        }
        return parent();
      },
      Enter: () => {
        press(row);
        return undefined;
      },
      ' ': () => {
        press(row);
        return undefined;
      },
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      const path = move();
      if (path !== undefined) {
        focus(path);
      }
    }
  };

  if (rows.length === 0) {
    return (
      <p className={styles.empty}>
        {entries.length === 0
          ? t('tree.empty', { prefix })
          : t('tree.notFound')}
      </p>
    );
  }
  return (
    <ul
      ref={listRef}
      role="tree"
      aria-label={t('tree.label', { prefix })}
      className={styles.tree}
    >
      {rows.map(row => {
        const { node, level, isOpen } = row;
        const { item } = node;
        return (
          <li
            key={node.path}
            role="treeitem"
            aria-level={level}
            aria-selected={item !== undefined && item.key === selected}
            {...(node.children && { 'aria-expanded': isOpen })}
            data-path={node.path}
            tabIndex={node.path === current ? 0 : -1}
            className={styles.row}
            style={{ paddingInlineStart: (level - 1) * INDENT + 6 }}
            onClick={() => press(row)}
            onKeyDown={onKeyDown}
            onFocus={() => setFocused(node.path)}
          >
            <Glyph row={row} />
            <span className={styles.name} title={node.path}>
              {node.name}
            </span>
            {item && <Marks item={item} isDraft={drafts.includes(item.key)} />}
          </li>
        );
      })}
    </ul>
  );
}

function Glyph(props: { row: VisibleNode<ConfigEntry> }) {
  const { node, isOpen } = props.row;
  if (!node.children) {
    return <RiFileTextLine className={styles.glyph} aria-hidden="true" />;
  }
  return isOpen ? (
    <RiArrowDownSLine className={styles.glyph} aria-hidden="true" />
  ) : (
    <RiArrowRightSLine className={styles.glyph} aria-hidden="true" />
  );
}

function Marks(props: { item: ConfigEntry; isDraft: boolean }) {
  const { item, isDraft } = props;
  const { t } = useTranslationRef(configTranslationRef);
  return (
    <>
      {isDraft && (
        <span className={styles.mark} title={t('tree.draft')}>
          <RiPencilLine aria-hidden="true" />
          <VisuallyHidden>{t('tree.draft')}</VisuallyHidden>
        </span>
      )}
      {item.hasSecret && (
        <span className={styles.mark} title={t('tree.secret')}>
          <RiLockLine aria-hidden="true" />
          <VisuallyHidden>{t('tree.secret')}</VisuallyHidden>
        </span>
      )}
      {item.problems > 0 && (
        <span
          className={styles.mark}
          title={t('tree.problems', { count: item.problems })}
        >
          <RiAlertLine aria-hidden="true" />
          <VisuallyHidden>
            {t('tree.problems', { count: item.problems })}
          </VisuallyHidden>
        </span>
      )}
    </>
  );
}
