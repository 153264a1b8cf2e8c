import { invalid } from './status-error';

/** Whether nothing may be stored; 422 when the parameter has another value than All. */
export function isDryRun(query: URLSearchParams): boolean {
  const values = query.getAll('dryRun').filter(Boolean);
  const unknown = values.find(value => value !== 'All');
  if (unknown !== undefined) {
    throw invalid('meta.k8s.io', 'CreateOptions', '', [
      {
        reason: 'FieldValueNotSupported',
        field: 'dryRun',
        message: `Unsupported value: ["${unknown}"]: supported values: "All"`,
      },
    ]);
  }
  return values.length > 0;
}
