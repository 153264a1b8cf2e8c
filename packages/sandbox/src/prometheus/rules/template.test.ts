import { expandTemplate } from './template';

describe('expandTemplate', () => {
  it.each([
    ['{{ $labels.pod }} is down', 1, 'shop-1 is down'],
    ['{{.Labels.missing}}', 1, ''],
    ['{{ $value }}', 0.25, '0.25'],
    ['{{- .Value -}}', 3, '3'],
    ['{{ printf "%.2f" $value }}', 1.2345, '1.23'],
    ['{{ $value | humanizePercentage }}', 0.1234567, '12.35%'],
    ['{{ $value | humanize }}', 1234567, '1.235M'],
    ['{{ $value | humanize }}', 0, '0'],
    ['{{ $value | humanizeDuration }}', 3661, '1h 1m 1s'],
    ['{{ $value | humanizeDuration }}', 0.25, '250ms'],
    ['{{ $value | humanizeDuration }}', 0, '0ms'],
    [
      '{{ query "up" }}',
      1,
      '<error expanding template: {{ query "up" }} is not understood>',
    ],
  ])('%s with %d', (text, value, expected) => {
    expect(expandTemplate(text, { pod: 'shop-1' }, value)).toBe(expected);
  });
});
