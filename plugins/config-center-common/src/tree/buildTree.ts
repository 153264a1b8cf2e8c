/** A folder or a key of a tree. @public */
export type TreeNode<T> = {
  /** The last segment; a folder's without its slash. */
  name: string;
  /** The key, or the path of the folder with a slash at its end. */
  path: string;
  /** Absent for folders that are no keys themselves. */
  item?: T;
  /** Absent for keys. */
  children?: TreeNode<T>[];
};

function compare<T>(one: TreeNode<T>, other: TreeNode<T>): number {
  const kinds =
    Number(one.children === undefined) - Number(other.children === undefined);
  return kinds || one.name.localeCompare(other.name, 'en');
}

function sorted<T>(nodes: TreeNode<T>[]): TreeNode<T>[] {
  nodes.sort(compare);
  nodes.forEach(({ children }) => children && sorted(children));
  return nodes;
}

/**
 * Folders and keys of flat keys; folders first. A key that ends with a slash
 * is its folder's own.
 *
 * @public
 */
export function buildTree<T extends { key: string }>(
  items: readonly T[],
): TreeNode<T>[] {
  const roots: TreeNode<T>[] = [];
  const folders = new Map<string, TreeNode<T>>();
  const folderAt = (path: string): TreeNode<T>[] => {
    if (path === '') {
      return roots;
    }
    let folder = folders.get(path);
    if (!folder) {
      const parent = path.slice(0, path.lastIndexOf('/', path.length - 2) + 1);
      folder = { name: path.slice(parent.length, -1), path, children: [] };
      folders.set(path, folder);
      folderAt(parent).push(folder);
    }
    return folder.children ?? [];
  };
  for (const item of items) {
    const { key } = item;
    const cut = key.lastIndexOf('/') + 1;
    const siblings = folderAt(key.slice(0, cut));
    if (cut === key.length) {
      const folder = folders.get(key);
      if (folder) {
        folder.item = item;
      }
    } else {
      siblings.push({ name: key.slice(cut), path: key, item });
    }
  }
  return sorted(roots);
}

/**
 * What of a tree has all words of a search in its path (or as `textOf` says),
 * with the folders on the way.
 *
 * @public
 */
export function filterTree<T>(
  nodes: readonly TreeNode<T>[],
  search: string,
  textOf: (item: T) => string = () => '',
): TreeNode<T>[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return [...nodes];
  }
  const fits = (node: TreeNode<T>) => {
    const text = `${node.path} ${
      node.item === undefined ? '' : textOf(node.item)
    }`.toLocaleLowerCase();
    return words.every(word => text.includes(word));
  };
  return nodes.flatMap(node => {
    if (node.children === undefined) {
      return fits(node) ? [node] : [];
    }
    const children = filterTree(node.children, search, textOf);
    return children.length > 0 || (node.item !== undefined && fits(node))
      ? [{ ...node, children }]
      : [];
  });
}
