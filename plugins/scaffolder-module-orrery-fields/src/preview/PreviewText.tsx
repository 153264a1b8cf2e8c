/** A part that scrolls must be reachable by keyboard, though nothing in it can be pressed. */
const SCROLLING = { role: 'group', tabIndex: 0 };

/** A text that scrolls. */
export function PreviewText(props: { label: string; children: string }) {
  return (
    <pre
      className="orrery-preview-text"
      {...SCROLLING}
      aria-label={props.label}
    >
      {props.children}
    </pre>
  );
}
