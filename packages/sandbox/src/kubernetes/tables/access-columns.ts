import { asObjects, at } from '../values';
import { ageColumn, nameColumn, textColumn, type Column } from './column';

const rbac = 'rbac.authorization.k8s.io';

const roleColumn = textColumn(
  'Role',
  object => `${at(object, 'roleRef.kind')}/${at(object, 'roleRef.name')}`,
);

const createdColumn: Column = {
  name: 'Created At',
  type: 'date',
  cell: object => object.metadata.creationTimestamp,
};

/** Names of a binding's subjects of one kind. */
function subjects(title: string, kind: string): Column {
  return textColumn(
    title,
    object =>
      asObjects(object.subjects)
        .filter(subject => subject.kind === kind)
        .map(({ name, namespace }) =>
          kind === 'ServiceAccount' ? `${namespace}/${name}` : name,
        )
        .join(', '),
    1,
  );
}

const bindingColumns: Column[] = [
  nameColumn,
  roleColumn,
  ageColumn,
  subjects('Users', 'User'),
  subjects('Groups', 'Group'),
  subjects('ServiceAccounts', 'ServiceAccount'),
];

/** Columns of roles, bindings and definitions of kinds. */
export const accessColumns: Record<string, Column[]> = {
  [`roles.${rbac}`]: [nameColumn, createdColumn],
  [`clusterroles.${rbac}`]: [nameColumn, createdColumn],
  [`rolebindings.${rbac}`]: bindingColumns,
  [`clusterrolebindings.${rbac}`]: bindingColumns,
  'customresourcedefinitions.apiextensions.k8s.io': [nameColumn, createdColumn],
};
