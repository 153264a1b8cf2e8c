import type { World } from '../../world/types';
import type { Dashboard, Folder } from '../model';
import { chart, layOut } from './builders';

/** One dashboard for each team that owns a service: its services side by side. */
export function teamDashboards(
  { teams, apps }: World,
  firstId: number,
  folder: Folder,
): Dashboard[] {
  const owners = teams.filter(({ name }) =>
    apps.some(({ owner }) => owner === name),
  );
  return owners.map(({ name, displayName }, index) => {
    const services = [
      ...new Set(
        apps.filter(({ owner }) => owner === name).map(app => app.name),
      ),
    ].sort();
    const selector = `reporter="destination",destination_canonical_service=~"${services.join(
      '|',
    )}"`;
    const by = (more: string) =>
      `sum(rate(istio_requests_total{${selector}${more}}[$__rate_interval])) by (destination_canonical_service)`;
    const legend = '{{destination_canonical_service}}';
    return {
      id: firstId + index,
      uid: `team-${name}`,
      title: `${displayName} services`,
      folder,
      tags: ['team', name],
      variables: [],
      panels: layOut([
        chart('Requests', 'reqps', [[by(''), legend]]),
        chart('Share of failures', 'percentunit', [
          [`${by(',response_code=~"5.."')} / ${by('')}`, legend],
        ]),
        chart('Duration, 95th percentile', 'ms', [
          [
            `histogram_quantile(0.95, sum(rate(istio_request_duration_milliseconds_bucket{${selector}}[$__rate_interval])) by (le, destination_canonical_service))`,
            legend,
          ],
        ]),
      ]),
    };
  });
}
