import { coreExtensionData } from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { Fragment } from 'react';

/**
 * Upstream's catalog, with the health and the running versions of each
 * component in its list.
 */
export const catalogWithHealth = catalogPlugin.withOverrides({
  extensions: [
    catalogPlugin.getExtension('page:catalog').override({
      factory(original, { inputs, config }) {
        const filters = inputs.filters.map(filter => (
          <Fragment key={filter.node.spec.id}>
            {filter.get(coreExtensionData.reactElement)}
          </Fragment>
        ));
        return original({
          params: {
            loader: async () => {
              const { CatalogPage } = await import('./CatalogPage');
              return (
                <CatalogPage filters={filters} pagination={config.pagination} />
              );
            },
          },
        });
      },
    }),
  ],
});
