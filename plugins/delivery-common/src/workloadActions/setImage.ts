import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import { imageVersion } from '../images';
import { asJson, editContainer, editTemplate, type Editable } from './template';

const VERSION_LABELS = [
  'version',
  'app.kubernetes.io/version',
  'service.istio.io/canonical-revision',
];
const IMAGE =
  /^(?:[a-z0-9]+(?:[.-][a-z0-9]+)*(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_{1,2}|-+|\/)[a-z0-9]+)*(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

/**
 * Refuses what is no image reference.
 *
 * @throws InvalidValueError naming the field `image`
 * @public
 */
export function checkImage(image: string): void {
  if (!IMAGE.test(image)) {
    throw new InvalidValueError(
      'image',
      'an image such as registry.example/team/app:1.4, with an optional @sha256: digest',
      image,
    );
  }
}

/** A label's value may be shorter and simpler than a tag. */
function labelValue(version: string): string {
  return version
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .slice(0, 63)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}

/**
 * Gives a container another image, and the pods the labels that tell the
 * version by it: those that they have, or `version` where they have none.
 * Labels that the workload selects its pods by cannot change.
 *
 * @throws InvalidValueError naming `image` or `container`
 * @public
 */
export function setImage<T extends Editable>(
  object: T,
  change: { container?: string; image: string },
): T {
  checkImage(change.image);
  const selected = asJson(asJson(asJson(object.spec).selector).matchLabels);
  const version = labelValue(imageVersion(change.image));
  const edited = editContainer(object, change.container, container => ({
    ...container,
    image: change.image,
  }));
  return editTemplate(edited, template => {
    const metadata = asJson(template.metadata);
    const labels = asJson(metadata.labels);
    const present = VERSION_LABELS.filter(name => name in labels);
    const named = (present.length > 0 ? present : ['version']).filter(
      name => !(name in selected),
    );
    return version === '' || named.length === 0
      ? template
      : {
          ...template,
          metadata: {
            ...metadata,
            labels: {
              ...labels,
              ...Object.fromEntries(named.map(name => [name, version])),
            },
          },
        };
  });
}
