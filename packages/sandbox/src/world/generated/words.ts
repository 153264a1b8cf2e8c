/** Business areas: the names of generated namespaces. */
export const areas: readonly string[] =
  `billing claims lending wealth cards treasury pricing identity onboarding fraud
  ledger settlement clearing custody brokerage insurance pension mortgage leasing payroll
  invoicing procurement inventory shipping catalog search checkout loyalty reviews marketing
  campaigns messaging notifications documents archive reporting analytics forecasting compliance audit
  support scheduling routing geography media translation directory consent profiles devices`
    .split(/\s+/)
    .filter(word => word !== '');

/** What services of an area do; with the area in front, their names. */
export const roles: readonly string[] =
  `api orders quotes limits rules events sync export import history
  search rates terms tasks files alerts keys views stats links
  drafts batches labels checks tokens forms queues states feeds plans`
    .split(/\s+/)
    .filter(word => word !== '');

/** Languages and how common they are in this company. */
export const languages: readonly string[] = [
  'Java',
  'Java',
  'Go',
  'Go',
  'TypeScript',
  'Python',
  'Kotlin',
  'Rust',
  'C#',
];

export const givenNames: readonly string[] =
  `ana bo chen dina emil fang greta hugo iris jun kofi lena mei nils olga pavel qing rosa sven tao uma viktor wen xia yara zoe`.split(
    ' ',
  );
