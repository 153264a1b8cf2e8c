import fc from 'fast-check';
import { edge, graphOf, node } from '../../__testUtils__/graph';
import { syntheticGraph } from '../../__testUtils__/syntheticGraph';
import { CAPTION, pictureOf, runToEnd } from './__testUtils__/picture';
import { prepareSteps } from './page';
import { svgSteps } from './svgSteps';
import type { ShownPicture } from './types';

/** As wide as a plain font is, more or less. */
const measure = (font: string, text: string) =>
  0.55 * Number(/([\d.]+)px/.exec(font)?.[1]) * text.length;

function textOf(shown: ShownPicture, caption = CAPTION): string {
  const prepared = runToEnd(prepareSteps(shown)).value;
  if (!prepared) {
    throw new Error('nothing to draw');
  }
  return runToEnd(svgSteps(prepared, caption, measure)).value;
}

function read(text: string): Document {
  const document = new DOMParser().parseFromString(text, 'image/svg+xml');
  const problem = document.querySelector('parsererror');
  if (problem) {
    throw new Error(problem.textContent ?? 'not well-formed');
  }
  return document;
}

const svgOf = (shown: ShownPicture) => read(textOf(shown));

/** All elements that a picture may consist of. */
const ELEMENTS = new Set(['svg', 'title', 'desc', 'rect', 'g', 'path', 'text']);
const ATTRIBUTES =
  /^(xmlns|width|height|viewBox|role|aria-labelledby|font-(family|size|weight)|id|class|data-(link|mark)|x|y|d|fill|fill-opacity|stroke|stroke-(width|linejoin|dasharray|opacity)|text-anchor|dominant-baseline|paint-order)$/;

function foreignParts(document: Document): string[] {
  return [...document.querySelectorAll('*')].flatMap(element => [
    ...(ELEMENTS.has(element.nodeName) ? [] : [element.nodeName]),
    ...element
      .getAttributeNames()
      .filter(name => !ATTRIBUTES.test(name))
      .map(name => `${element.nodeName}@${name}`),
  ]);
}

function namedGraph(names: readonly string[]) {
  const nodes = names.map((name, index) =>
    node(`space/n${index}`, index % 2 === 0 ? 'failing' : 'healthy', {
      id: `${index} ${name}`,
      name,
      namespace: name,
      version: name,
    }),
  );
  return graphOf(
    nodes,
    nodes.map(target => edge(nodes[0], target)),
  );
}

const WICKED = [
  '<script>alert(1)</script>',
  '"/><image href="x" onerror="alert(1)"/>',
  "' onload='alert(1)",
  ']]><!--',
  '&lt;b&gt; &amp; &#60;',
  'a\nb\0c\u0007\ufffe',
  '\u202egnirts',
  '\ud800 half',
  '支付服务 🚀',
  'x'.repeat(500),
];

describe('the SVG of a picture', () => {
  it('has a mark and a link for each of the scene, and says what they are', () => {
    const graph = syntheticGraph(60);
    const shown = pictureOf(graph);
    const document = svgOf(shown);
    const ids = (kind: string) =>
      [...document.querySelectorAll(`g.${kind}`)].map(element =>
        element.getAttribute(`data-${kind}`),
      );
    expect(ids('mark').sort()).toEqual([...shown.scene.marks.keys()].sort());
    expect(ids('link').sort()).toEqual(
      shown.scene.links.map(({ id }) => id).sort(),
    );
    expect(ids('mark')).toHaveLength(60);
    const first = document.querySelector(
      'g[data-mark="kepler/team-000/Deployment/service-0000"] > title',
    );
    expect(first?.textContent).toMatch(/^service-0000 v1, team-000, \w+/);
    expect(foreignParts(document)).toEqual([]);
  });

  it('has a name, a description, and room for everything', () => {
    const shown = pictureOf(syntheticGraph(30));
    const root = svgOf(shown).documentElement;
    const labels = root.getAttribute('aria-labelledby')?.split(' ') ?? [];
    expect(
      labels.map(id => root.querySelector(`[id="${id}"]`)?.textContent),
    ).toEqual([CAPTION.title, `${CAPTION.subtitle}. ${CAPTION.legend}`]);
    const [x, y, width, height] = (root.getAttribute('viewBox') ?? '')
      .split(' ')
      .map(Number);
    for (const place of shown.layout.marks.values()) {
      expect(place.x).toBeGreaterThan(x + 20);
      expect(place.x).toBeLessThan(x + width - 20);
      expect(place.y).toBeGreaterThan(y + 20);
      expect(place.y).toBeLessThan(y + height - 20);
    }
    expect(
      [...root.querySelectorAll('.caption text')].map(text => text.textContent),
    ).toEqual([CAPTION.title, CAPTION.subtitle, CAPTION.legend]);
  });

  it('shows closed boxes as closed', () => {
    const graph = syntheticGraph(60);
    const shown = pictureOf(graph, { depth: 'namespace', except: [] });
    const document = svgOf(shown);
    expect(document.querySelectorAll('g.mark')).toHaveLength(
      shown.scene.marks.size,
    );
    expect(shown.scene.marks.size).toBeLessThan(5);
  });

  it('tells differences and fades what is not found', () => {
    const graph = namedGraph(['a', 'b']);
    const shown = {
      ...pictureOf(graph, undefined, id => (id === '1 b' ? 'gone' : undefined)),
      highlighted: new Set(['0 a']),
    };
    const document = svgOf(shown);
    const other = document.querySelector('g[data-mark="1 b"]');
    expect(other?.textContent).toContain('−');
    expect(other?.querySelector('path')?.getAttribute('fill-opacity')).toBe(
      '0.14',
    );
    expect(
      document
        .querySelector('g[data-mark="0 a"] path')
        ?.hasAttribute('fill-opacity'),
    ).toBe(false);
  });

  it.each(WICKED)('writes %j as a text', name => {
    const text = textOf(pictureOf(namedGraph([name, 'payment'])));
    const document = read(text);
    expect(foreignParts(document)).toEqual([]);
    expect(document.querySelectorAll('g.mark')).toHaveLength(2);
    const shown = [...document.querySelectorAll('g.mark > title')].map(
      title => title.textContent,
    );
    const readable = name.replace(/(?!\n)[\p{Cc}\p{Cs}\ufffe]/gu, '\ufffd');
    expect(shown.some(title => title?.startsWith(`${readable} `))).toBe(true);
  });

  it('never has an element that a name wrote', () => {
    const anyName = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ maxLength: 30 }),
      fc.constantFrom(...WICKED),
    );
    fc.assert(
      fc.property(fc.array(anyName, { minLength: 1, maxLength: 5 }), names => {
        const shown = pictureOf(namedGraph(names));
        const document = svgOf(shown);
        expect(foreignParts(document)).toEqual([]);
        expect(document.querySelectorAll('g.mark')).toHaveLength(
          shown.scene.marks.size,
        );
        expect(document.querySelectorAll('g.link')).toHaveLength(
          shown.scene.links.length,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('tells how much is done, never less than before', () => {
    const prepared = runToEnd(prepareSteps(pictureOf(syntheticGraph(40))));
    expect(prepared.shares.at(-1)).toBe(1);
    if (!prepared.value) {
      throw new Error('nothing to draw');
    }
    const { shares } = runToEnd(svgSteps(prepared.value, CAPTION, measure));
    expect(shares).toEqual([...shares].sort((left, right) => left - right));
    expect(shares[0]).toBeLessThan(0.1);
    expect(shares.at(-1)).toBeGreaterThan(0.89);
  });

  it('is not drawn where there is nothing', () => {
    expect(
      runToEnd(prepareSteps(pictureOf(graphOf([])))).value,
    ).toBeUndefined();
  });
});
