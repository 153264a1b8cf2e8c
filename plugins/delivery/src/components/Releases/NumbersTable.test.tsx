import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { DeliveryNumbers } from '@orrery/backstage-plugin-delivery-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NumbersTable } from './NumbersTable';

const KNOWN: DeliveryNumbers = {
  name: 'payment',
  deployments: 14,
  deploymentsPerDay: 2,
  leadTimeSeconds: 7200,
  leadTimeKnown: 12,
  leadTimeFromCommit: 9,
  changeFailureShare: 0.25,
  failures: 3,
  restoreSeconds: 600,
};
/** Nothing was released, so that nothing else can be known. */
const UNKNOWN: DeliveryNumbers = {
  name: 'archive',
  deployments: 0,
  deploymentsPerDay: 0,
  leadTimeKnown: 0,
  leadTimeFromCommit: 0,
  failures: 0,
};
const SLOW: DeliveryNumbers = {
  ...KNOWN,
  name: 'unknown',
  deployments: 2,
  deploymentsPerDay: 2 / 7,
  leadTimeSeconds: 60,
  restoreSeconds: undefined,
};

describe('NumbersTable', () => {
  function show(by: 'service' | 'team' = 'service') {
    return renderInTestApp(
      <NumbersTable numbers={{ days: 7, by, items: [UNKNOWN, KNOWN, SLOW] }} />,
    );
  }

  const names = () =>
    screen.getAllByRole('rowheader').map(({ textContent }) => textContent);
  const cellsOf = (name: string) =>
    within(screen.getByRole('row', { name: new RegExp(`^${name}`) }))
      .getAllByRole('cell')
      .map(({ textContent }) => textContent);
  const sortBy = (name: RegExp) =>
    userEvent.click(screen.getByRole('button', { name }));

  it('writes each number with its unit and what it rests on', async () => {
    await show();
    expect(cellsOf('payment')).toEqual([
      '14',
      '2 / day',
      '2 hfirst commit to live, of 9 of 14build to live, of 3 of 14',
      '25 %3 of 14',
      '10 min',
    ]);
  });

  it('says why something is not known, and never zero for it', async () => {
    await show();
    expect(cellsOf('archive')).toEqual([
      '0',
      '0 / week',
      'unknownNo commit and no image told when it began',
      'unknownNo release has ended',
      '– nothing failed',
    ]);
    expect(cellsOf('no team known').slice(1)).toEqual([
      '2 / week',
      expect.anything(),
      expect.anything(),
      'unknownA failure has not been mended yet',
    ]);
  });

  it('sorts either way, what is not known last', async () => {
    await show('team');
    expect(names()).toEqual(['payment', 'no team known', 'archive']);
    await sortBy(/lead time/i);
    expect(names()).toEqual(['payment', 'no team known', 'archive']);
    await sortBy(/lead time/i);
    expect(names()).toEqual(['no team known', 'payment', 'archive']);
    await sortBy(/team/i);
    expect(names()[0]).toBe('archive');
  });
});
