/** An image reference in its parts. @public */
export type ImageParts = {
  /** `registry.example/wealth/payment` */
  repository: string;
  tag?: string;
  /** `sha256:...` */
  digest?: string;
};

const DIGEST = /@(sha256:[0-9a-f]{64})$/;
const TAG = /:([A-Za-z0-9_][A-Za-z0-9._-]{0,127})$/;

/** Reads a reference as `docker pull` would take it. @public */
export function parseImage(image: string): ImageParts {
  const digest = DIGEST.exec(image)?.[1];
  const named = image.replace(DIGEST, '');
  const tag = TAG.exec(named)?.[1];
  return { repository: named.replace(TAG, ''), tag, digest };
}

/** What people call the version that an image is: its tag, or the start of its digest. @public */
export function imageVersion(image: string | undefined): string {
  if (!image) {
    return 'unknown';
  }
  const { tag, digest } = parseImage(image);
  return tag ?? digest?.replace('sha256:', '').slice(0, 12) ?? 'latest';
}
