import type { Person, Team } from '../types';

export const teams: readonly Team[] = [
  { name: 'engineering', displayName: 'Engineering' },
  { name: 'portal', displayName: 'Portal', parent: 'engineering' },
  { name: 'customer', displayName: 'Customer', parent: 'engineering' },
  { name: 'trading', displayName: 'Trading', parent: 'engineering' },
  { name: 'payments', displayName: 'Payments', parent: 'engineering' },
  { name: 'lending', displayName: 'Lending', parent: 'engineering' },
  { name: 'risk', displayName: 'Risk', parent: 'engineering' },
  { name: 'platform', displayName: 'Platform', parent: 'engineering' },
];

function person(name: string, displayName: string, ...of: string[]): Person {
  return { name, displayName, email: `${name}@kepler.example`, teams: of };
}

export const people: readonly Person[] = [
  person('lin', 'Lin Yue', 'payments'),
  person('priya', 'Priya Nair', 'payments'),
  person('wang', 'Wang Shu', 'portal', 'customer'),
  person('amara', 'Amara Okafor', 'trading'),
  person('chen', 'Chen Mo', 'customer'),
  person('sofia', 'Sofia Brandt', 'lending'),
  person('deng', 'Deng Rui', 'risk', 'lending'),
  person('mateo', 'Mateo Silva', 'platform'),
  person('guest', 'Guest'),
];
