import {
  coreExtensionData,
  createExtensionBlueprint,
  createExtensionDataRef,
  ExtensionBoundary,
} from '@backstage/frontend-plugin-api';
import type { ReactElement } from 'react';

/** Where on Home a card stands: beside each other, or below in a column. @public */
export type HomeCardArea = 'main' | 'side';

/** @public */
export const homeCardAreaDataRef = createExtensionDataRef<HomeCardArea>().with({
  id: 'orrery.home-card-area',
});

/**
 * A card on Home. Each domain brings its own.
 *
 * @public
 */
export const HomeCardBlueprint = createExtensionBlueprint({
  kind: 'orrery-home-card',
  attachTo: { id: 'page:orrery', input: 'cards' },
  output: [coreExtensionData.reactElement, homeCardAreaDataRef],
  dataRefs: { area: homeCardAreaDataRef },
  *factory(
    params: { area: HomeCardArea; loader: () => Promise<ReactElement> },
    { node },
  ) {
    yield coreExtensionData.reactElement(
      ExtensionBoundary.lazy(node, params.loader),
    );
    yield homeCardAreaDataRef(params.area);
  },
});
