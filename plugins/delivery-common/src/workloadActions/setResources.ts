import { checkResources } from './quantity';
import { editContainer, type Editable } from './template';

/**
 * Sets what a container asks for and may use; what is given replaces the
 * whole of it.
 *
 * @throws InvalidValueError naming `requests...`, `limits...` or `container`
 * @public
 */
export function setResources<T extends Editable>(
  object: T,
  change: {
    container?: string;
    requests?: Readonly<Record<string, string>>;
    limits?: Readonly<Record<string, string>>;
  },
): T {
  const { requests, limits } = change;
  return editContainer(object, change.container, container => {
    const resources = {
      ...container.resources,
      ...(requests && { requests }),
      ...(limits && { limits }),
    };
    checkResources(resources);
    return { ...container, resources };
  });
}
