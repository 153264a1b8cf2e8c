export { BASIC, languageOf } from './editorExtensions';
export { ValueEditor, type ValueEditorProps } from './ValueEditor';
