import {
  acceptCompletion,
  autocompletion,
  completionStatus,
} from '@codemirror/autocomplete';
import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import type {
  LogField,
  LogQueryLanguage,
} from '@orrery/backstage-plugin-logs-common';
import { useEffect, useRef } from 'react';
import type { QueryProblem } from '../../model/queryProblem';
import { completeQuery } from './completeQuery';
import { editorTheme } from './editorTheme';
import styles from './QueryBar.module.css';

type QueryEditorProps = {
  text: string;
  language: LogQueryLanguage;
  label: string;
  placeholder: string;
  fields: readonly LogField[];
  valuesOf: (field: string) => Promise<readonly string[]>;
  problem: QueryProblem | undefined;
  onChange: (text: string) => void;
  onSubmit: (text: string) => void;
};

/** One line of text with completion; what is wrong is underlined. */
export function QueryEditor(props: QueryEditorProps) {
  const { text, problem } = props;
  const hostRef = useRef<HTMLDivElement>(null);
  const viewRef = useRef<EditorView>();
  const latest = useRef(props);
  const hints = useRef(new Compartment());
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const submit = (view: EditorView) => {
      if (completionStatus(view.state) === 'active' && acceptCompletion(view)) {
        return true;
      }
      latest.current.onSubmit(view.state.doc.toString());
      return true;
    };
    const view = new EditorView({
      parent: hostRef.current ?? undefined,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          Prec.highest(
            keymap.of([
              { key: 'Enter', run: submit },
              { key: 'Tab', run: acceptCompletion },
            ]),
          ),
          // A query is one line, also when it is pasted.
          EditorState.transactionFilter.of(transaction =>
            transaction.newDoc.lines > 1 ? [] : transaction,
          ),
          autocompletion({
            override: [context => completeQuery(context, latest.current)],
            activateOnTyping: true,
          }),
          editorTheme,
          hints.current.of([]),
          EditorView.updateListener.of(update => {
            if (update.docChanged) {
              latest.current.onChange(update.state.doc.toString());
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
      effects: hints.current.reconfigure([
        placeholder(props.placeholder),
        EditorView.contentAttributes.of({ 'aria-label': props.label }),
      ]),
    });
  }, [props.placeholder, props.label]);

  useEffect(() => {
    const view = viewRef.current;
    const before = view?.state.doc.toString();
    if (view && before !== undefined && before !== text) {
      view.dispatch({ changes: { from: 0, to: before.length, insert: text } });
    }
  }, [text]);

  useEffect(() => {
    const view = viewRef.current;
    if (view) {
      const end = view.state.doc.length;
      const from = Math.min(problem?.position ?? 0, Math.max(0, end - 1));
      const to = Math.min(end, from + (problem?.length ?? 0));
      view.dispatch(
        setDiagnostics(
          view.state,
          problem && to > from
            ? [{ from, to, severity: 'error', message: problem.message }]
            : [],
        ),
      );
    }
  }, [problem, text]);

  return <div ref={hostRef} className={styles.editor} />;
}
