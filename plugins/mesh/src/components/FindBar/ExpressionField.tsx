import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon } from '@backstage/ui';
import type {
  FindSuggestion,
  MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import { RiCloseLine } from '@remixicon/react';
import { useId, useRef, type KeyboardEvent, type RefObject } from 'react';
import type { FindField } from '../../hooks/useFind';
import { meshTranslationRef } from '../../translation';
import { ExpressionMenu } from './ExpressionMenu';
import styles from './FindBar.module.css';
import { FindProblem } from './FindProblem';
import { SuggestionList } from './SuggestionList';
import { useDraft } from './useDraft';
import { useSavedExpressions } from './useSavedExpressions';
import { useSuggestions } from './useSuggestions';

/** An expression: written with help, applied, kept, cleared. */
export function ExpressionField(props: {
  use: 'find' | 'hide';
  field: FindField;
  graph: MeshGraph;
  /** Whether what is written applies by itself, without Enter. */
  isLive?: boolean;
  /** Enter on what is applied already: 1 for the next match, -1 for the one before. */
  onGo?: (step: 1 | -1) => void;
  inputRef?: RefObject<HTMLInputElement>;
}) {
  const { use, field, graph, onGo } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const id = useId();
  const ownRef = useRef<HTMLInputElement>(null);
  const inputRef = props.inputRef ?? ownRef;
  const kept = useSavedExpressions(use);
  const draft = useDraft(field, { isLive: props.isLive, onUse: kept.remember });
  const suggestions = useSuggestions(draft.text, graph);
  const isOpen = suggestions.list.length > 0;
  const label = t(use === 'find' ? 'find.find' : 'find.hide');

  const cursor = () => inputRef.current?.selectionStart ?? draft.text.length;
  const take = ({ from, to, text }: FindSuggestion) => {
    // A space that is there already is not written twice.
    const after = draft.text
      .slice(to)
      .replace(/^ /, text.endsWith(' ') ? '' : ' ');
    const next = draft.text.slice(0, from) + text + after;
    draft.write(next);
    suggestions.open(from + text.length);
    requestAnimationFrame(() =>
      inputRef.current?.setSelectionRange(
        from + text.length,
        from + text.length,
      ),
    );
  };
  const set = (expression: string) => {
    suggestions.close();
    draft.set(expression);
    inputRef.current?.focus();
  };
  const onEnter = (event: KeyboardEvent) => {
    if (isOpen && suggestions.active >= 0) {
      take(suggestions.list[suggestions.active]);
      return;
    }
    suggestions.close();
    if (draft.isApplied) {
      onGo?.(event.shiftKey ? -1 : 1);
    } else {
      draft.submit();
    }
  };
  const onTab = (event: KeyboardEvent) => {
    const suggestion = suggestions.list[Math.max(suggestions.active, 0)];
    const isBegun =
      suggestion && (suggestions.active >= 0 || suggestion.from < cursor());
    if (isBegun && !event.shiftKey) {
      event.preventDefault();
      take(suggestion);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) {
      // These keys choose among what an input method offers.
      return;
    }
    const isMove = event.key === 'ArrowDown' || event.key === 'ArrowUp';
    if (isMove || (event.key === ' ' && event.ctrlKey)) {
      event.preventDefault();
      if (isOpen && isMove) {
        suggestions.move(event.key === 'ArrowDown' ? 1 : -1);
      } else {
        suggestions.open(cursor());
      }
    } else if (event.key === 'Enter') {
      event.preventDefault();
      onEnter(event);
    } else if (event.key === 'Tab') {
      onTab(event);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (isOpen) {
        suggestions.close();
      } else {
        draft.set('');
      }
    }
  };

  return (
    <div className={styles.field}>
      <div className={styles.box} data-wrong={draft.problem ? true : undefined}>
        <label className={styles.label} htmlFor={`${id}-input`}>
          {label}
        </label>
        <input
          ref={inputRef}
          id={`${id}-input`}
          type="text"
          role="combobox"
          className={styles.input}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder={t(
            use === 'find' ? 'find.findPlaceholder' : 'find.hidePlaceholder',
          )}
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={isOpen ? `${id}-list` : undefined}
          aria-activedescendant={
            isOpen && suggestions.active >= 0
              ? `${id}-list-${suggestions.active}`
              : undefined
          }
          aria-invalid={draft.problem ? true : undefined}
          aria-describedby={`${id}-problem`}
          value={draft.text}
          onChange={event => {
            draft.write(event.target.value);
            suggestions.open(event.target.selectionStart ?? 0);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => {
            suggestions.close();
            draft.submit();
          }}
        />
        {draft.text !== '' && (
          <ButtonIcon
            size="small"
            variant="tertiary"
            icon={<RiCloseLine />}
            aria-label={t(use === 'find' ? 'find.clearFind' : 'find.clearHide')}
            onPress={() => set('')}
          />
        )}
        <ExpressionMenu
          use={use}
          applied={field.applied}
          kept={kept}
          onChoose={set}
        />
      </div>
      {isOpen && (
        <SuggestionList
          id={`${id}-list`}
          label={t('find.suggestions')}
          list={suggestions.list}
          active={suggestions.active}
          onTake={take}
        />
      )}
      <FindProblem
        id={`${id}-problem`}
        text={draft.text}
        error={isOpen ? undefined : draft.problem}
      />
    </div>
  );
}
