/** What XML has no way to say, and controls that say nothing. */
const NO_XML = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as the content of an element or between quotes of an attribute: never markup. */
export function xmlText(text: string): string {
  return text
    .replace(NO_XML, '\ufffd')
    .replace(/[&<>"']/g, character => ENTITIES[character]);
}

/** A coordinate with as many digits as can be seen. */
export function xmlNumber(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : '0';
}

/** Attributes as they stand in a tag, without those that are undefined. */
export function xmlAttributes(
  attributes: Readonly<Record<string, string | number | undefined>>,
): string {
  return Object.entries(attributes)
    .map(([name, value]) => {
      if (value === undefined) {
        return '';
      }
      const text = typeof value === 'number' ? xmlNumber(value) : value;
      return ` ${name}="${xmlText(text)}"`;
    })
    .join('');
}
