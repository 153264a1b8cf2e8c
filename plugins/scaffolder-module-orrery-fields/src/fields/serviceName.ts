/** A name that is fit for DNS (RFC 1123) and begins with a letter. */
export const SERVICE_NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** Longer names leave no room for what is appended to them. */
export const LONGEST_SERVICE_NAME = 40;

/** What is wrong with a name, by the key of its sentence; undefined where nothing is. */
export function nameProblem(
  name: string,
): 'name.empty' | 'name.long' | 'name.shape' | undefined {
  if (name === '') {
    return 'name.empty';
  }
  if (name.length > LONGEST_SERVICE_NAME) {
    return 'name.long';
  }
  return SERVICE_NAME.test(name) ? undefined : 'name.shape';
}
