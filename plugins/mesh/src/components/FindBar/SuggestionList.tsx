import type { FindSuggestion } from '@orrery/backstage-plugin-mesh-common';
import { useEffect, useRef, type MouseEvent } from 'react';
import styles from './FindBar.module.css';

/** What may be written next. The field keeps the focus and names the active one. */
export function SuggestionList(props: {
  id: string;
  label: string;
  list: readonly FindSuggestion[];
  active: number;
  onTake: (suggestion: FindSuggestion) => void;
}) {
  const { id, list, active, onTake } = props;
  const listRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const option = listRef.current?.children[active];
    // Where nothing is laid out there is nothing to scroll.
    option?.scrollIntoView?.({ block: 'nearest' });
  }, [active]);
  const onMouseDown = (event: MouseEvent) => {
    // The field must not lose the focus.
    event.preventDefault();
    const option =
      event.target instanceof Element &&
      event.target.closest<HTMLElement>('[data-index]');
    if (option) {
      onTake(list[Number(option.dataset.index)]);
    }
  };
  return (
    <div
      ref={listRef}
      id={id}
      role="listbox"
      tabIndex={-1}
      aria-label={props.label}
      className={styles.suggestions}
      onMouseDown={onMouseDown}
    >
      {list.map((suggestion, index) => (
        <div
          key={`${suggestion.kind} ${suggestion.label}`}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          data-index={index}
          data-kind={suggestion.kind}
          className={styles.suggestion}
        >
          <code>{suggestion.label}</code>
          {suggestion.detail !== undefined &&
            suggestion.detail !== suggestion.label && (
              <span className={styles.detail}>{suggestion.detail}</span>
            )}
        </div>
      ))}
    </div>
  );
}
