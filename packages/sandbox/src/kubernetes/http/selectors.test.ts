import { builtinKinds } from '../resources/builtin';
import type { KubernetesObject } from '../store';
import { parseFieldSelector, parseLabelSelector } from './selectors';

const pod: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'a',
    namespace: 'n',
    labels: { app: 'cart', tier: 'back', rank: '5', 'example.org/x': '' },
  },
  spec: { nodeName: 'node-1' },
  status: { phase: 'Running' },
};

const pods = builtinKinds.find(type => type.plural === 'pods');

describe('parseLabelSelector', () => {
  it.each([
    ['', true],
    ['app=cart', true],
    ['app==cart', true],
    ['app!=cart', false],
    ['other!=cart', true],
    ['app', true],
    ['!app', false],
    ['!other', true],
    ['app in (cart, order)', true],
    ['app notin (cart,order)', false],
    ['other notin (cart)', true],
    ['app=cart,tier in (front)', false],
    ['example.org/x=', true],
    ['rank>4', true],
    ['rank<4', false],
  ])('decides %j', (selector, expected) => {
    expect(parseLabelSelector(selector)(pod)).toBe(expected);
  });

  it.each(['app in cart', 'app=a b', '=x', 'app in (a', 'a/b/c=d', 'a,,b'])(
    'refuses %j',
    selector => {
      expect(() => parseLabelSelector(selector)).toThrow(
        /unable to parse requirement/,
      );
    },
  );
});

describe('parseFieldSelector', () => {
  const select = (selector: string) => {
    if (!pods) {
      throw new Error('pods are not among the built-in kinds');
    }
    return parseFieldSelector(selector, pods)(pod);
  };

  it.each([
    ['metadata.name=a', true],
    ['spec.nodeName=node-1,status.phase!=Failed', true],
    ['spec.nodeName!=node-1', false],
    ['spec.nodeName=', false],
    ['status.podIP=', true],
  ])('decides %j', (selector, expected) => {
    expect(select(selector)).toBe(expected);
  });

  it('refuses a field that pods do not offer', () => {
    expect(() => select('spec.image=x')).toThrow(
      'field label not supported: spec.image',
    );
  });
});
