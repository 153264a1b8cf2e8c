import { Flex, Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import './FieldShell.css';

/** A field with what is wrong with it and what to know about it. */
export function FieldShell(props: {
  children: ReactNode;
  errors?: readonly string[];
  /** Said calmly below the field. */
  note?: ReactNode;
}) {
  const { children, errors = [], note } = props;
  return (
    <Flex className="orrery-field" direction="column" gap="2" mb="4">
      {children}
      {note && (
        <Text as="p" variant="body-small" color="secondary">
          {note}
        </Text>
      )}
      <div aria-live="polite">
        {errors.map(error => (
          <Text key={error} as="p" variant="body-small" color="danger">
            {error}
          </Text>
        ))}
      </div>
    </Flex>
  );
}
