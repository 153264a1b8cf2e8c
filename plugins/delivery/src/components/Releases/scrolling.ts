/** A part that scrolls must be reachable by keyboard, though nothing in it may be pressed. */
export const SCROLLING = { role: 'group', tabIndex: 0 };
