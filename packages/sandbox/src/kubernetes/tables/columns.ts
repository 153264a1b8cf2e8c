import { collectionOf, type ResourceType } from '../resources/resource';
import { age } from './age';
import { ageColumn, nameColumn, type Column } from './column';
import { evaluateJsonPath } from './json-path';
import { platformColumns } from './platform-columns';
import { workloadColumns } from './workload-columns';

type PrinterColumns = NonNullable<ResourceType['versions'][number]['columns']>;

function customColumns(columns: PrinterColumns): Column[] {
  return columns.map(
    ({ name, type, format, description, priority, jsonPath }) => ({
      name,
      type,
      format,
      description,
      priority,
      cell: (object, now) => {
        const found = evaluateJsonPath(object, jsonPath);
        if (found.length === 0) {
          return undefined;
        }
        if (type === 'date') {
          return age(String(found[0]), now);
        }
        if (type === 'string') {
          const values = found.map(value =>
            typeof value === 'string' ? value : JSON.stringify(value),
          );
          return values.join(',');
        }
        return found[0];
      },
    }),
  );
}

/** The columns of a kind at a version. */
export function columnsOf(type: ResourceType, version: string): Column[] {
  const resource = collectionOf(type);
  const known = workloadColumns[resource] ?? platformColumns[resource];
  if (known) {
    return known;
  }
  const own = type.versions.find(served => served.name === version)?.columns;
  return own ? [nameColumn, ...customColumns(own)] : [nameColumn, ageColumn];
}
