import { EditorView } from '@codemirror/view';

/**
 * The editor in the colours of the portal. It is a theme of the editor's own,
 * because its base styles are stronger than those of layers.
 */
export const editorTheme = EditorView.theme({
  '&': { color: 'var(--bui-fg-primary)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-content': {
    caretColor: 'var(--bui-fg-primary)',
    paddingBlock: '5px',
  },
  '.cm-scroller': {
    fontFamily: 'var(--bui-font-monospace)',
    fontSize: 'var(--bui-font-size-2)',
    overflowX: 'auto',
  },
  '.cm-cursor': { borderLeftColor: 'var(--bui-fg-primary)' },
  '.cm-placeholder': {
    color: 'color-mix(in srgb, var(--bui-fg-primary) 72%, transparent)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--bui-bg-app)',
    border: '1px solid var(--bui-border-2)',
    color: 'var(--bui-fg-primary)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--bui-bg-neutral-2)',
    color: 'var(--bui-fg-primary)',
    fontWeight: 'bold',
  },
});
