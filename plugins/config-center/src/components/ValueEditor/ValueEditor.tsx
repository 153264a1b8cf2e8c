import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type {
  ValueKind,
  ValueProblem,
} from '@orrery/backstage-plugin-config-center-common';
import { useEffect, useRef } from 'react';
import { BASIC, languageOf } from './editorExtensions';
import styles from './ValueEditor.module.css';

/** Props of {@link ValueEditor}. */
export type ValueEditorProps = {
  text: string;
  kind: ValueKind;
  label: string;
  problems: readonly ValueProblem[];
  isReadOnly: boolean;
  onChange: (text: string) => void;
};

/** A text of several lines; what is wrong with it is underlined. */
export function ValueEditor(props: ValueEditorProps) {
  const { text, kind, label, problems, isReadOnly } = props;
  const hostRef = useRef<HTMLDivElement>(null);
  const viewRef = useRef<EditorView>();
  const latest = useRef(props);
  const setting = useRef(new Compartment());
  /** Texts that were told and have not come back as `text` yet. */
  const told = useRef<string[]>([]);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const view = new EditorView({
      parent: hostRef.current ?? undefined,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          BASIC,
          setting.current.of([]),
          EditorView.updateListener.of(update => {
            const next = update.state.doc.toString();
            // What the page itself put in is no edit.
            if (update.docChanged && next !== latest.current.text) {
              told.current.push(next);
              latest.current.onChange(next);
            }
          }),
        ],
      }),
    });
    viewRef.current = view;
    return () => view.destroy();
  }, []);

  useEffect(() => {
    viewRef.current?.dispatch({
      effects: setting.current.reconfigure([
        languageOf(kind),
        EditorState.readOnly.of(isReadOnly),
        EditorView.contentAttributes.of({
          'aria-label': label,
          ...(isReadOnly && { 'aria-readonly': 'true' }),
        }),
      ]),
    });
  }, [kind, isReadOnly, label]);

  useEffect(() => {
    const view = viewRef.current;
    const own = told.current.lastIndexOf(text);
    told.current = told.current.slice(own + 1);
    if (own >= 0) {
      // One types faster than the page follows: what comes back is older.
      return;
    }
    const before = view?.state.doc.toString();
    if (view && before !== undefined && before !== text) {
      view.dispatch({ changes: { from: 0, to: before.length, insert: text } });
    }
  }, [text]);

  useEffect(() => {
    const view = viewRef.current;
    if (view) {
      const end = view.state.doc.length;
      view.dispatch(
        setDiagnostics(
          view.state,
          problems.map(({ from, to, severity, message }) => ({
            from: Math.min(from, end),
            to: Math.min(to, end),
            severity,
            message,
          })),
        ),
      );
    }
  }, [problems, text]);

  return (
    <div
      ref={hostRef}
      className={styles.editor}
      data-readonly={isReadOnly || undefined}
    />
  );
}
