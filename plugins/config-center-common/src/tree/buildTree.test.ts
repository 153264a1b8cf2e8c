import fc from 'fast-check';
import { buildTree, filterTree, type TreeNode } from './buildTree';

const keys = (...names: string[]) => names.map(key => ({ key }));

function leaves<T extends { key: string }>(nodes: TreeNode<T>[]): string[] {
  return nodes.flatMap(({ item, children = [] }) => [
    ...(item ? [item.key] : []),
    ...leaves(children),
  ]);
}

describe('the tree of keys', () => {
  it('puts folders first and keys in order', () => {
    const tree = buildTree(keys('z', 'a', 'db/url', 'db/pool/size', 'db/'));
    expect(tree.map(({ path }) => path)).toEqual(['db/', 'a', 'z']);
    expect(tree[0].item).toEqual({ key: 'db/' });
    expect(tree[0].children?.map(({ path }) => path)).toEqual([
      'db/pool/',
      'db/url',
    ]);
  });

  it('finds keys by words, with the way to them', () => {
    const tree = buildTree(keys('db/url', 'db/pool/size', 'a'));
    expect(leaves(filterTree(tree, 'DB size'))).toEqual(['db/pool/size']);
    expect(leaves(filterTree(tree, ' '))).toHaveLength(3);
    expect(filterTree(tree, 'nothing')).toEqual([]);
    expect(leaves(filterTree(tree, 'postgres', () => 'Postgres'))).toHaveLength(
      3,
    );
  });

  it('loses no key, whatever it is called', () => {
    const segment = fc.string({ minLength: 0, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc
            .array(segment, { minLength: 1, maxLength: 4 })
            .map(segments => segments.join('/'))
            .filter(key => key !== '' && !key.startsWith('/')),
        ),
        names => {
          expect(leaves(buildTree(keys(...names))).sort()).toEqual(
            [...names].sort(),
          );
        },
      ),
    );
  });
});
