/** The example resource: put the service's own in its place. */
export interface Item {
  id: string;
  title: string;
}

const items: readonly Item[] = [
  { id: '1', title: 'First' },
  { id: '2', title: 'Second' },
];

/** All items. */
export function listItems(): readonly Item[] {
  return items;
}

/** One item, or undefined when there is none of that id. */
export function findItem(id: string): Item | undefined {
  return items.find(item => item.id === id);
}
