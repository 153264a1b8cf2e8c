import type { TableColumn } from '@backstage/core-components';
import {
  CatalogTable,
  type CatalogTableColumnsFunc,
  type CatalogTableRow,
} from '@backstage/plugin-catalog';
import {
  CatalogFilterLayout,
  EntityListProvider,
  type EntityListPagination,
} from '@backstage/plugin-catalog-react';
import { Container } from '@backstage/ui';
import { ComponentCanary } from '@orrery/backstage-plugin-delivery';
import {
  ComponentHealth,
  ComponentVersions,
} from '@orrery/backstage-plugin-mesh';
import type { ReactNode } from 'react';

const HEALTH_COLUMNS: TableColumn<CatalogTableRow>[] = [
  {
    title: 'Health',
    field: 'orrery.health',
    sorting: false,
    width: 'auto',
    render: ({ entity }) => <ComponentHealth entity={entity} />,
  },
  {
    title: 'Running',
    field: 'orrery.versions',
    sorting: false,
    width: 'auto',
    render: ({ entity }) => <ComponentVersions entity={entity} />,
  },
  {
    title: 'Canary',
    field: 'orrery.canary',
    sorting: false,
    width: 'auto',
    render: ({ entity }) => <ComponentCanary entity={entity} />,
  },
];

/**
 * Upstream's columns with ours after the name, for kinds that run. The
 * description makes room for them; it is on the component's own page.
 */
const columns: CatalogTableColumnsFunc = context => {
  const upstream = CatalogTable.defaultColumnsFunc(context);
  const kind = context.filters.kind?.value.toLocaleLowerCase('en-US');
  if (kind !== 'component' && kind !== 'resource') {
    return upstream;
  }
  return upstream
    .filter(({ field }) => field !== 'entity.metadata.description')
    .flatMap(column =>
      column.field === 'resolved.entityRef'
        ? [column, ...HEALTH_COLUMNS]
        : [column],
    );
};

/** The list of the catalog. */
export function CatalogPage(props: {
  filters: ReactNode;
  pagination: EntityListPagination;
}) {
  return (
    <EntityListProvider pagination={props.pagination}>
      <Container>
        <CatalogFilterLayout>
          <CatalogFilterLayout.Filters>
            {props.filters}
          </CatalogFilterLayout.Filters>
          <CatalogFilterLayout.Content>
            <CatalogTable columns={columns} />
          </CatalogFilterLayout.Content>
        </CatalogFilterLayout>
      </Container>
    </EntityListProvider>
  );
}
