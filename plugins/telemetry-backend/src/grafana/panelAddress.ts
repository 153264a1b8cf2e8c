/** Which panel of a dashboard, for whom and when. */
export type PanelAddress = {
  uid: string;
  panelId?: number;
  fromMilliseconds: number;
  toMilliseconds: number;
  theme?: 'light' | 'dark';
  variables: Readonly<Record<string, string>>;
  width?: number;
  height?: number;
};

/** Path of a page of Grafana with range and variables; the slug does not matter to it. */
export function panelPath(
  kind: 'd' | 'd-solo' | 'render/d-solo',
  address: PanelAddress,
): string {
  const query = new URLSearchParams({
    orgId: '1',
    from: String(address.fromMilliseconds),
    to: String(address.toMilliseconds),
  });
  if (address.panelId !== undefined) {
    query.set(kind === 'd' ? 'viewPanel' : 'panelId', String(address.panelId));
  }
  for (const name of ['theme', 'width', 'height'] as const) {
    const value = address[name];
    if (value !== undefined) {
      query.set(name, String(value));
    }
  }
  for (const [name, value] of Object.entries(address.variables)) {
    query.set(`var-${name}`, value);
  }
  return `/${kind}/${encodeURIComponent(address.uid)}/x?${query}`;
}
