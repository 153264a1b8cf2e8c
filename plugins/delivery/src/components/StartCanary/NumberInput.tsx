import { NumberField } from '@backstage/ui';
import styles from './StartCanary.module.css';

/** @public */
export type NumberInputProps = {
  label: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  minimum?: number;
  maximum?: number;
  step?: number;
  /** What an empty field means. */
  placeholder?: string;
  /** Whether the label stands behind the field, where rows are to be low. */
  isInline?: boolean;
};

/** A number that may be left empty. */
export function NumberInput(props: NumberInputProps) {
  const { label, value, onChange, minimum, maximum, step, placeholder } = props;
  const { isInline = false } = props;
  const field = (
    <NumberField
      size="small"
      label={isInline ? undefined : label}
      aria-label={isInline ? label : undefined}
      placeholder={placeholder}
      minValue={minimum}
      maxValue={maximum}
      step={step}
      formatOptions={{ useGrouping: false, maximumFractionDigits: 6 }}
      // The field's own word for empty is NaN.
      value={value ?? NaN}
      onChange={next => onChange(Number.isNaN(next) ? undefined : next)}
    />
  );
  return isInline ? (
    <div className={styles.inline}>
      {field}
      <span className={styles.help} aria-hidden="true">
        {label}
      </span>
    </div>
  ) : (
    field
  );
}
