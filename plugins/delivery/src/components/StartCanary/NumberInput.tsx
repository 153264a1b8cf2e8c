import { NumberField } from '@backstage/ui';

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
};

/** A number that may be left empty. */
export function NumberInput(props: NumberInputProps) {
  const { label, value, onChange, minimum, maximum, step, placeholder } = props;
  return (
    <NumberField
      size="small"
      label={label}
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
}
