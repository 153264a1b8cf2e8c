/** A registry of the configuration. */
export type RegistryConfig = {
  /** Host as image references have it, such as `registry.example:5000`. */
  host: string;
  /** Where it is asked; may differ from the host. */
  url: string;
  username?: string;
  password?: string;
  /** What more it speaks than the distribution specification. */
  kind: 'distribution' | 'harbor';
};

/** What a registry says about one reference. */
export type ImageState =
  | {
      state: 'exists';
      digest: string;
      /** RFC 3339; of the first platform where there are several. */
      createdAt?: string;
      /** Commit that it was built from, by its label. */
      revision?: string;
      bytes?: number;
      platforms: string[];
    }
  | { state: 'absent'; reason: string }
  | { state: 'unknown'; reason: string };

/** Answers about images; never throws. */
export interface ImageRegistry {
  inspect(image: string): Promise<ImageState>;
  /** Tags of a repository, newest first as far as the registry tells. */
  tags(image: string): Promise<
    | { state: 'ok'; tags: string[] }
    /** The registry does not know of the repository. */
    | { state: 'absent'; reason: string }
    | { state: 'unknown'; reason: string }
  >;
}
