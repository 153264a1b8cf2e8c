import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import { syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { ValueKind } from '@orrery/backstage-plugin-config-center-common';
import { editorTheme, highlight } from './editorTheme';

/** How a kind of value is coloured. */
export function languageOf(kind: ValueKind): Extension {
  switch (kind) {
    case 'json':
      return json();
    case 'yaml':
      return yaml();
    default:
      return [];
  }
}

/** What every editor here has. Tab leaves it, as nobody must be caught in it. */
export const BASIC: Extension = [
  lineNumbers(),
  history(),
  drawSelection(),
  highlightActiveLine(),
  EditorView.lineWrapping,
  keymap.of([...defaultKeymap, ...historyKeymap]),
  syntaxHighlighting(highlight),
  editorTheme,
];
