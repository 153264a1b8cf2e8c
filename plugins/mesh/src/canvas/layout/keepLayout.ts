import type { Point, Rectangle } from '../scene/types';
import { CELL } from './computeLayout';
import type { Layout, LayoutInput } from './types';

const GAP = 12;

function overlaps(left: Rectangle, right: Rectangle): boolean {
  return (
    left.x < right.x + right.width + GAP &&
    right.x < left.x + left.width + GAP &&
    left.y < right.y + right.height + GAP &&
    right.y < left.y + left.height + GAP
  );
}

/** Places for newcomers: a row at the bottom of their box, which grows for it. */
function addRow(
  box: Rectangle,
  newcomers: readonly string[],
  marks: Map<string, Point>,
): Rectangle {
  const perRow = Math.max(1, Math.floor(box.width / CELL.width));
  const rows = Math.ceil(newcomers.length / perRow);
  for (const [index, id] of newcomers.entries()) {
    marks.set(id, {
      x: box.x + ((index % perRow) + 0.5) * CELL.width,
      y: box.y + box.height + Math.floor(index / perRow) * CELL.height + 20,
    });
  }
  return { ...box, height: box.height + rows * CELL.height };
}

/**
 * The old layout with what has come and gone, moving nothing that stays.
 * Marks without traffic come and go all the time; a picture that jumps each
 * time cannot be read.
 *
 * @returns undefined when newcomers have no room, or come with a new box
 */
export function keepLayout(
  old: Layout,
  input: LayoutInput,
): Layout | undefined {
  const marks = new Map<string, Point>();
  const boxes = new Map<string, Rectangle>();
  let changed = false;
  for (const group of input.groups) {
    const newcomers: string[] = [];
    for (const id of group.marks) {
      const place = old.marks.get(id);
      if (place) {
        marks.set(id, place);
      } else {
        newcomers.push(id);
      }
    }
    const box = old.boxes.get(group.id);
    if (group.isBox ? !box : newcomers.length > 0) {
      return undefined;
    }
    if (box) {
      boxes.set(
        group.id,
        newcomers.length > 0 ? addRow(box, newcomers, marks) : box,
      );
    }
    changed ||= newcomers.length > 0;
  }
  const all = [...boxes.values()];
  const collides =
    changed &&
    all.some((box, index) =>
      all.slice(index + 1).some(other => overlaps(box, other)),
    );
  if (collides) {
    return undefined;
  }
  return changed || marks.size !== old.marks.size
    ? { marks, boxes, revision: old.revision }
    : old;
}
