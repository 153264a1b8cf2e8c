import { useState, type ReactNode } from 'react';

/** Shows more when it is opened; what it shows is made only then. */
export function Unfolded(props: {
  says: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={event => setOpen(event.currentTarget.open)}>
      <summary className={props.className}>{props.says}</summary>
      {isOpen && props.children}
    </details>
  );
}

/** A row of a list that shows more when it is opened. */
export function Unfolding(props: {
  name: ReactNode;
  says: string;
  state?: string;
  children: ReactNode;
}) {
  return (
    <li data-state={props.state}>
      <Unfolded
        className="orrery-preview-row"
        says={
          <>
            <span className="orrery-preview-name">{props.name}</span>
            <span className="orrery-preview-state">{props.says}</span>
          </>
        }
      >
        <div className="orrery-preview-inside">{props.children}</div>
      </Unfolded>
    </li>
  );
}
