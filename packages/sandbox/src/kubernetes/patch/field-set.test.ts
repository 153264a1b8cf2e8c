import fc from 'fast-check';
import { deployment } from '../schema/workloads';
import { collect, compare } from './collect';
import { FieldSet } from './field-set';
import { mergeApplied, removeFields } from './merge-applied';

const object = {
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'a' } },
    template: {
      metadata: { labels: { app: 'a' } },
      spec: {
        containers: [
          {
            name: 'app',
            image: 'app:1',
            ports: [{ containerPort: 80 }],
            command: ['run'],
          },
        ],
      },
    },
  },
};

describe('collect', () => {
  it('names fields as managedFields does', () => {
    expect(collect(object, deployment).toJSON()).toEqual({
      'f:spec': {
        'f:replicas': {},
        'f:selector': {},
        'f:template': {
          'f:metadata': { 'f:labels': { 'f:app': {} } },
          'f:spec': {
            'f:containers': {
              'k:{"name":"app"}': {
                '.': {},
                'f:command': {},
                'f:image': {},
                'f:name': {},
                'f:ports': {
                  'k:{"containerPort":80,"protocol":"TCP"}': {
                    '.': {},
                    'f:containerPort': {},
                  },
                },
              },
            },
          },
        },
      },
    });
  });

  it('writes paths as conflict messages do', () => {
    const paths = collect(object, deployment).paths();
    expect(paths).toContain(
      '.spec.template.spec.containers[name="app"].ports[containerPort=80,protocol="TCP"].containerPort',
    );
  });
});

describe('compare', () => {
  it('finds what changed and what is gone, element by element', () => {
    const after = structuredClone(object);
    after.spec.template.spec.containers[0].image = 'app:2';
    const { changed, removed } = compare(object, after, deployment);
    expect(changed.paths()).toEqual([
      '.spec.template.spec.containers[name="app"].image',
    ]);
    expect(removed.isEmpty).toBe(true);
    const less = compare(object, { spec: { replicas: 1 } }, deployment);
    expect(less.changed.isEmpty).toBe(true);
    expect(less.removed.paths()).toContain('.spec.selector');
  });
});

describe('mergeApplied and removeFields', () => {
  it('lay over and take away again', () => {
    const extra = {
      spec: {
        template: {
          spec: { containers: [{ name: 'side', image: 'side:1' }] },
        },
      },
    };
    const merged = mergeApplied(object, extra, deployment);
    expect(collect(merged, deployment).paths()).toContain(
      '.spec.template.spec.containers[name="side"].image',
    );
    const gone = collect(extra, deployment);
    expect(removeFields(merged, gone, undefined, deployment)).toEqual(object);
  });

  it('keep an element that somebody else still describes', () => {
    const gone = collect(object, deployment);
    const kept = collect(
      {
        spec: {
          template: { spec: { containers: [{ name: 'app', tty: true }] } },
        },
      },
      deployment,
    );
    const live = structuredClone(object);
    Object.assign(live.spec.template.spec.containers[0], { tty: true });
    expect(removeFields(live, gone, kept, deployment)).toMatchObject({
      spec: {
        template: { spec: { containers: [{ name: 'app', tty: true }] } },
      },
    });
  });
});

describe('FieldSet', () => {
  const arbitrary = fc
    .uniqueArray(
      fc.array(fc.constantFrom('f:a', 'f:b', 'k:{"name":"x"}'), {
        minLength: 1,
        maxLength: 3,
      }),
      { selector: steps => steps.join() },
    )
    .map(paths => {
      const set = new FieldSet();
      for (const steps of paths) {
        let at = set;
        steps.forEach(step => {
          at = at.child(step);
        });
        at.member = true;
      }
      return set;
    });
  const shape = (set: FieldSet) => [...set.paths()].sort();

  it('obeys the laws of sets', () => {
    fc.assert(
      fc.property(arbitrary, arbitrary, (left, right) => {
        const both = left.intersect(right);
        const all = left.union(right);
        expect(shape(all)).toEqual(
          [...new Set([...left.paths(), ...right.paths()])].sort(),
        );
        expect(shape(all.without(right))).toEqual(shape(left.without(right)));
        expect(shape(left.without(right).union(both))).toEqual(shape(left));
        expect(left.without(left).isEmpty).toBe(true);
      }),
    );
  });

  it('survives being written and read', () => {
    fc.assert(
      fc.property(arbitrary, set => {
        const read = FieldSet.parse(set.toJSON());
        expect(shape(read)).toEqual(shape(set));
      }),
    );
  });
});
