import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/**
 * The editor in the colours of the portal. It is a theme of the editor's own,
 * because its base styles are stronger than those of layers.
 */
export const editorTheme = EditorView.theme({
  '&': {
    color: 'var(--bui-fg-primary)',
    backgroundColor: 'var(--bui-bg-app)',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-content': { caretColor: 'var(--bui-fg-primary)' },
  '.cm-scroller': {
    fontFamily: 'var(--bui-font-monospace)',
    fontSize: 'var(--bui-font-size-2)',
    lineHeight: '1.5',
    overflow: 'auto',
  },
  '.cm-gutters': {
    backgroundColor: 'var(--bui-bg-neutral-1)',
    borderRight: '1px solid var(--bui-border-1)',
    color: 'color-mix(in srgb, var(--bui-fg-primary) 72%, transparent)',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor:
      'color-mix(in srgb, var(--bui-fg-primary) 5%, transparent)',
  },
  '.cm-cursor': { borderLeftColor: 'var(--bui-fg-primary)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor:
      'color-mix(in srgb, var(--bui-announcement-fg-subdued) 22%, transparent) !important',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--bui-bg-app)',
    border: '1px solid var(--bui-border-2)',
    color: 'var(--bui-fg-primary)',
  },
  '.cm-changedLine, .cm-deletedChunk, .cm-insertedLine': {
    backgroundColor:
      'color-mix(in srgb, var(--bui-announcement-fg-subdued) 8%, transparent) !important',
  },
  '.cm-changedText': {
    background:
      'color-mix(in srgb, var(--bui-announcement-fg-subdued) 18%, transparent) !important',
  },
});

/** Names stand out, comments step back; nothing is told by colour alone. */
export const highlight = HighlightStyle.define([
  {
    tag: [tags.propertyName, tags.definition(tags.propertyName)],
    // Readable on the ground of what has changed, too.
    color:
      'color-mix(in srgb, var(--bui-announcement-fg-subdued) 55%, var(--bui-fg-primary))',
  },
  { tag: [tags.bool, tags.null, tags.keyword], fontWeight: 'bold' },
  {
    tag: tags.comment,
    color: 'color-mix(in srgb, var(--bui-fg-primary) 72%, transparent)',
    fontStyle: 'italic',
  },
]);
