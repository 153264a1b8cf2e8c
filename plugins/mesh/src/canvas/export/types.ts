import type { Layout } from '../layout/types';
import type { Levels } from '../levels';
import type { Palette } from '../render/palette';
import type { EdgeLabel, Words } from '../scene/texts';
import type { Rectangle, Scene } from '../scene/types';

/** A picture as it is on the screen, at one moment. */
export type ShownPicture = {
  scene: Scene;
  layout: Layout;
  levels: Levels;
  palette: Palette;
  words: Words;
  edgeLabel: EdgeLabel;
  selected: string | undefined;
  highlighted: ReadonlySet<string> | undefined;
};

/** Tells what is on the screen; undefined while there is nothing. @public */
export type PictureSource = () => ShownPicture | undefined;

/** What is written around a picture, in the reader's language. @public */
export type Caption = {
  title: string;
  /** Time and scope, in one line. */
  subtitle: string;
  /** What the signs mean, in one line. */
  legend: string;
};

/** A page with a picture and its caption, in world units. */
export type Page = { bounds: Rectangle; picture: Rectangle };

/** Work whose parts tell how much of it is done, 0..1. */
export type SharedSteps<T> = Generator<number, T, void>;
